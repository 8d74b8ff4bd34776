import { diffInputs } from "../../grpc/diff.ts";
import { Unimplemented } from "../../grpc/failure.ts";
import type { Provider } from "../../grpc/provider.ts";
import { hasUnknowns, type PropertyMap, reveal, Secret, unknown, type Value } from "../../grpc/values.ts";
import { packageVersion } from "../version.ts";
import { randomBytes, randomId } from "./bytes.ts";
import type { Kind } from "./kind.ts";
import { randomInteger, randomShuffle } from "./number.ts";
import { randomPassword, randomString } from "./text.ts";
import { randomUuid, randomUuid7 } from "./uuid.ts";

const kinds: Record<string, Kind> = {
  "random:index/randomBytes:RandomBytes": randomBytes,
  "random:index/randomId:RandomId": randomId,
  "random:index/randomInteger:RandomInteger": randomInteger,
  "random:index/randomPassword:RandomPassword": randomPassword,
  "random:index/randomShuffle:RandomShuffle": randomShuffle,
  "random:index/randomString:RandomString": randomString,
  "random:index/randomUuid:RandomUuid": randomUuid,
  "random:index/randomUuid4:RandomUuid4": randomUuid,
  "random:index/randomUuid7:RandomUuid7": randomUuid7,
};

export const random: Provider = {
  name: "random",
  version: packageVersion("@pulumi/random"),
  configuration: {},
  has: (type) => Object.hasOwn(kinds, type),
  argumentsOf: (type) => kinds[type]!.arguments,
  check({ type, news }) {
    const kind = kinds[type]!;
    const complete = kind.complete(news);
    // What isn't known yet is judged when it is: at `up`, before anything is made.
    return { inputs: news, failures: hasUnknowns(complete) ? [] : kind.problems(reveal(complete)) };
  },
  diff({ type, olds, news }) {
    const { complete } = kinds[type]!;
    return diffInputs(complete(olds), complete(news), () => true);
  },
  async create({ type, inputs, preview }) {
    const kind = kinds[type]!;
    const complete = kind.complete(inputs);
    if (preview) return { id: "", outputs: { ...complete, ...concealed(kind, allUnknown(kind)) } };
    const { id, values } = await kind.generate(reveal(complete));
    return { id, outputs: { ...complete, ...concealed(kind, values) } };
  },
  async read({ type, id, state, inputs }) {
    // The value is nowhere but in the state: there is nothing to look at, except for an import.
    if (Object.keys(state).length > 0) return { id, outputs: state, inputs };
    const kind = kinds[type]!;
    if (kind.import === undefined) throw new Unimplemented(`${type} can't be imported`);
    const found = await kind.import(id);
    const complete = kind.complete(found.inputs);
    return { id: found.id, inputs: found.inputs, outputs: { ...complete, ...concealed(kind, found.values) } };
  },
};

function allUnknown(kind: Kind): PropertyMap {
  return Object.fromEntries(kind.generated.map((name) => [name, unknown]));
}

function concealed(kind: Kind, values: PropertyMap): PropertyMap {
  if (!kind.secret) return values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value as Value)]));
}
