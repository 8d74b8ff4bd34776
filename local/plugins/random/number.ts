import { randomInt } from "node:crypto";
import { type Kind, wholeNumber, withKeepers } from "./kind.ts";
import { shuffle } from "./text.ts";

/** Seeded values come from Go's generator; other ones under the same seed would deceive. */
const seed = "values from a seed";

export const randomInteger: Kind = {
  arguments: { keepers: true, max: true, min: true, seed },
  complete: withKeepers,
  problems: (inputs) => {
    const found = ["min", "max"].flatMap((property) => wholeNumber(inputs, property, Number.MIN_SAFE_INTEGER));
    if (found.length > 0) return found;
    if ((inputs["min"] as number) <= (inputs["max"] as number)) return [];
    return [{ property: "min", reason: `min is ${inputs["min"]}; it must not be larger than max, ${inputs["max"]}` }];
  },
  generated: ["result"],
  generate: async (inputs) => {
    const [min, max] = [inputs["min"] as number, inputs["max"] as number];
    const result = min + randomBelow(max - min + 1);
    return { id: String(result), values: { result } };
  },
  import: async (text) => {
    const [result, min, max, ...more] = text.split(",").map(Number);
    if (![result, min, max].every(Number.isInteger) || more.length > 0) {
      throw new Error("an import needs RESULT,MIN,MAX, and a fourth part, the seed, is not in Palier's stand-in");
    }
    return { id: String(result), inputs: { min, max }, values: { result } };
  },
};

/** `randomInt` stops at 48 bits. */
function randomBelow(count: number): number {
  const half = 2 ** 26;
  if (count <= half) return randomInt(count);
  for (;;) {
    const value = randomInt(Math.ceil(count / half)) * half + randomInt(half);
    if (value < count) return value;
  }
}

export const randomShuffle: Kind = {
  arguments: { inputs: true, keepers: true, resultCount: true, seed },
  complete: withKeepers,
  problems: (inputs) => [
    ...(inputs["resultCount"] === undefined ? [] : wholeNumber(inputs, "resultCount", 0)),
    ...(Array.isArray(inputs["inputs"]) ? [] : [{ property: "inputs", reason: "inputs must be a list of strings" }]),
  ],
  generated: ["results"],
  generate: async (inputs) => {
    const items = inputs["inputs"] as string[];
    const results: string[] = [];
    const count = items.length === 0 ? 0 : ((inputs["resultCount"] as number | undefined) ?? items.length);
    // Each item comes once before any comes again.
    while (results.length < count) results.push(...shuffle(items).slice(0, count - results.length));
    return { id: "-", values: { results } };
  },
};
