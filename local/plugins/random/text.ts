import { randomInt } from "node:crypto";
import type { CheckFailure } from "../../grpc/provider.ts";
import type { PropertyMap } from "../../grpc/values.ts";
import { type Kind, wholeNumber, withKeepers } from "./kind.ts";

const letters = "abcdefghijklmnopqrstuvwxyz";
const alphabets = {
  upper: letters.toUpperCase(),
  lower: letters,
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
};
const classes = Object.keys(alphabets) as (keyof typeof alphabets)[];
const minimum = { upper: "minUpper", lower: "minLower", numeric: "minNumeric", special: "minSpecial" } as const;

const known = ["keepers", "length", "lower", "number", "numeric", "overrideSpecial", "special", "upper"];
const all = Object.fromEntries([...known, ...Object.values(minimum)].map((name) => [name, true] as const));

export const randomString: Kind = {
  arguments: all,
  complete,
  problems,
  generated: ["result"],
  generate: async (inputs) => {
    const result = createText(inputs);
    return { id: result, values: { result } };
  },
  import: async (id) => ({ id, inputs: imported(id), values: { result: id } }),
};

export const randomPassword: Kind = {
  arguments: all,
  complete,
  problems,
  generated: ["result", "bcryptHash"],
  secret: true,
  generate: async (inputs) => {
    const result = createText(inputs);
    return { id: "none", values: { result, bcryptHash: await bcryptHash(result) } };
  },
  import: async (id) => ({
    id: "none",
    inputs: imported(id),
    values: { result: id, bcryptHash: await bcryptHash(id) },
  }),
};

function complete(inputs: PropertyMap): PropertyMap {
  const { number, numeric, ...rest } = withKeepers(inputs);
  const digits = numeric ?? number ?? true;
  const defaults = { special: true, upper: true, lower: true, minUpper: 0, minLower: 0, minNumeric: 0, minSpecial: 0 };
  // `number` is the old name of `numeric`: each takes the other's value.
  return { ...defaults, ...rest, number: number ?? digits, numeric: digits };
}

function problems(inputs: PropertyMap): CheckFailure[] {
  const found = [
    ...wholeNumber(inputs, "length", 1),
    ...classes.flatMap((one) => wholeNumber(inputs, minimum[one], 0)),
    ...classes.flatMap((one) => truthValue(inputs, one)),
  ];
  if (found.length > 0) return found;
  const least = classes.reduce((sum, one) => sum + (inputs[minimum[one]] as number), 0);
  if ((inputs["length"] as number) < least) {
    const reason = `length is ${inputs["length"]}; it must be at least ${least}, the sum of ${Object.values(minimum).join(", ")}`;
    found.push({ property: "length", reason });
  }
  if (!classes.some((one) => inputs[one])) {
    found.push({ property: "special", reason: `at least one of ${classes.join(", ")} must be true` });
  }
  if (inputs["number"] !== inputs["numeric"]) {
    found.push({ property: "number", reason: "number and numeric are two names of one thing and must not differ" });
  }
  return found;
}

function truthValue(inputs: PropertyMap, property: string): CheckFailure[] {
  if (typeof inputs[property] === "boolean") return [];
  return [{ property, reason: `${property} is ${JSON.stringify(inputs[property])}; allowed: true, false` }];
}

/** First the characters that the minimums ask for, then any allowed ones, then all in a random order. */
function createText(inputs: PropertyMap): string {
  const given = inputs["overrideSpecial"];
  const sets = { ...alphabets, ...(given ? { special: String(given) } : {}) };
  const allowed = classes.filter((one) => inputs[one]).flatMap((one) => [...sets[one]]);
  const chosen = classes.flatMap((one) => pick([...sets[one]], inputs[minimum[one]] as number));
  return shuffle([...chosen, ...pick(allowed, (inputs["length"] as number) - chosen.length)]).join("");
}

function pick(alphabet: string[], count: number): string[] {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]!);
}

export function shuffle<T>(items: readonly T[]): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

async function bcryptHash(text: string): Promise<string> {
  const { default: bcrypt } = await import("bcryptjs");
  // Go's bcrypt, which the official plugin uses, names the same algorithm 2a, and the plugin cuts at bcrypt's 72 bytes.
  const cut = Buffer.from(text).subarray(0, 72).toString();
  return (await bcrypt.hash(cut, 10)).replace(/^\$2[by]\$/, "$2a$");
}

function imported(text: string): PropertyMap {
  return { length: Buffer.byteLength(text) };
}
