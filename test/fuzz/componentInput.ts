import * as palier from "../../index.ts";
import { broken } from "./broken.ts";
import { type ComponentName, components, nameOf } from "./grammar.ts";
import type { Random } from "./random.ts";
import { stacks } from "./stackInput.ts";
import type { Made, Trial } from "./trial.ts";
import { canary } from "./words.ts";

const classes = {
  App: palier.App,
  Backup: palier.Backup,
  CronTask: palier.CronTask,
  Environment: palier.Environment,
  Identity: palier.Identity,
  Image: palier.Image,
  Migration: palier.Migration,
  Mongo: palier.Mongo,
  Monitoring: palier.Monitoring,
  ObjectStore: palier.ObjectStore,
  Postgres: palier.Postgres,
  Redis: palier.Redis,
  Secrets: palier.Secrets,
  Worker: palier.Worker,
};

/** A component with a name and arguments, on any stack. */
export function componentInput(random: Random, made: Made, what: ComponentName): Trial {
  const stack = random.pick(stacks);
  const { name, args, secrets, refusedAt } = given(random, made, what);
  const program = () => new classes[what](name as string, args as never);
  return { stack, secrets, refusedAt, program };
}

interface Given extends Pick<Trial, "secrets" | "refusedAt"> {
  name: unknown;
  args: unknown;
}

function given(random: Random, made: Made, what: ComponentName): Given {
  const name = nameOf(what).within(random);
  const within = components[what].within(random);
  const right = { name, args: within, secrets: configured(within) };
  const isName = random.turn([1, components[what].size]) === 0;
  if (made === "within") return right;
  if (made === "broken") {
    return { ...right, ...(isName ? { name: broken(name, random) } : { args: broken(within, random) }) };
  }
  if (isName) return { ...right, name: nameOf(what).beyond(random).value, refusedAt: `${what}: name` };
  const { value, path } = components[what].beyond(random);
  const refusedAt = `${what} ${name}${path.replace(".", ": ")}`;
  return { name, args: value, secrets: configured(value), refusedAt };
}

/** What the stack file holds for the secrets that these arguments read from it. */
function configured(args: unknown): Record<string, string> {
  const { secrets, values } = (args ?? {}) as { secrets?: object; values?: object };
  const read = Object.entries(secrets ?? values ?? {}).flatMap(([key, value]) => {
    const all = [value, ...Object.values(value?.in ?? {})] as palier.SecretSource[];
    return all.filter((one) => one?.config === true).map((one) => [key, Math.min(one.minLength ?? 16, 4096)] as const);
  });
  return Object.fromEntries(read.sort(([, a], [, b]) => a - b).map(([key, least]) => [`avnir:${key}`, long(least)]));
}

function long(least: number): string {
  return canary.padEnd(least, "y");
}
