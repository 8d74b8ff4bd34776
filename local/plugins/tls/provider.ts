import { diffInputs } from "../../grpc/diff.ts";
import { Unimplemented } from "../../grpc/failure.ts";
import type { Diff, DiffRequest, Provider } from "../../grpc/provider.ts";
import { hasUnknowns, type PropertyMap, reveal, Secret, unknown } from "../../grpc/values.ts";
import { packageVersion } from "../version.ts";
import { readyForRenewal } from "./certificate.ts";
import type { Kind } from "./kind.ts";
import { locallySignedCert } from "./locally-signed.ts";
import { privateKey } from "./private-key.ts";
import { publicKeyArguments, readPublicKey } from "./public-key.ts";
import { certRequest } from "./request.ts";
import { selfSignedCert } from "./self-signed.ts";

const kinds: Record<string, Kind> = {
  "tls:index/privateKey:PrivateKey": privateKey,
  "tls:index/selfSignedCert:SelfSignedCert": selfSignedCert,
  "tls:index/certRequest:CertRequest": certRequest,
  "tls:index/locallySignedCert:LocallySignedCert": locallySignedCert,
};

export const tls: Provider = {
  name: "tls",
  version: packageVersion("@pulumi/tls"),
  configuration: { proxy: "servers reached over a proxy" },
  has: (type) => Object.hasOwn(kinds, type),
  argumentsOf: (type) => kinds[type]!.arguments,
  functions: { "tls:index/getPublicKey:getPublicKey": publicKeyArguments },
  check({ type, news }) {
    const kind = kinds[type]!;
    const inputs = concealed(kind, news);
    const complete = { ...kind.defaults, ...news };
    return { inputs, failures: hasUnknowns(complete) ? [] : kind.problems(reveal(complete)) };
  },
  diff,
  async create({ type, inputs, preview }) {
    const kind = kinds[type]!;
    const kept = outputsOf(kind, inputs);
    if (preview) {
      const values = Object.fromEntries(kind.generated.map((name) => [name, unknown]));
      return { id: "", outputs: concealed(kind, { ...kept, ...values }) };
    }
    const { id, values } = await kind.generate(reveal({ ...kind.defaults, ...inputs }));
    return { id, outputs: concealed(kind, { ...kept, ...values }) };
  },
  async update({ type, state, news }) {
    return { ...state, ...outputsOf(kinds[type]!, news) };
  },
  async read({ type, id, state, inputs }) {
    if (Object.keys(state).length === 0) throw new Unimplemented(`${type} can't be imported`);
    const ripe = kinds[type]!.expires && readyForRenewal(reveal(state));
    return { id, inputs, outputs: ripe ? { ...state, readyForRenewal: true } : state };
  },
  async invoke(_token, args) {
    return readPublicKey(args);
  },
};

function diff({ type, state, olds, news }: DiffRequest): Diff {
  const kind = kinds[type]!;
  // A write-only key is compared by its version alone.
  const compared = (inputs: PropertyMap) =>
    Object.fromEntries(Object.entries({ ...kind.defaults, ...inputs }).filter(([name]) => !name.endsWith("Wo")));
  const found = diffInputs(compared(olds), compared(news), (path) => !kind.inPlace?.includes(path));
  const due = kind.expires && readyForRenewal({ ...reveal(state), earlyRenewalHours: hours(news) });
  if (!due) return found;
  return { changes: true, detailed: { ...found.detailed, readyForRenewal: "updateReplace" } };
}

function hours(inputs: PropertyMap): number {
  const given = reveal(inputs["earlyRenewalHours"]);
  return typeof given === "number" ? given : 0;
}

/** The inputs as outputs, without the write-only ones: these never reach the state that way. */
function outputsOf(kind: Kind, inputs: PropertyMap): PropertyMap {
  const kept = Object.entries({ ...kind.defaults, ...inputs }).filter(([name]) => !name.endsWith("Wo"));
  return concealed(kind, Object.fromEntries(kept));
}

function concealed(kind: Kind, values: PropertyMap): PropertyMap {
  const conceal = kind.secrets.filter((name) => values[name] !== undefined);
  return { ...values, ...Object.fromEntries(conceal.map((name) => [name, new Secret(values[name]!)])) };
}
