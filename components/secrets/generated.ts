import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { SecretSource } from "./args.ts";
import { first, overlapOf } from "./source.ts";

/**
 * Random values by their key: the rotation's own, and the overlapping one's. Each rotation is a resource of its own,
 * since a program can't know a value that the engine has replaced.
 */
export function generated(
  name: string,
  key: string,
  { generate, rotate = first, overlap }: SecretSource,
  opts: pulumi.CustomResourceOptions,
): { [key: string]: pulumi.Output<string> } {
  const of = (rotation: string) => {
    const end = rotation === first ? "" : `-${rotation}`;
    return new random.RandomPassword(`${name}-${key}${end}`, { length: generate!, special: false }, opts).result;
  };
  return { [key]: of(rotate), ...(overlap === undefined ? {} : { [overlapOf(key)]: of(overlap) }) };
}
