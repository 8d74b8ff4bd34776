import type { Arguments, CheckFailure } from "../../grpc/provider.ts";
import type { PropertyMap } from "../../grpc/values.ts";

/** One resource type. All its inputs replace: a random value never changes in place. */
export interface Kind {
  arguments: Arguments;
  /** The inputs with their defaults, as they also stand in the outputs. */
  complete(inputs: PropertyMap): PropertyMap;
  /** Called with known, open values only. */
  problems(inputs: PropertyMap): CheckFailure[];
  generated: readonly string[];
  secret?: boolean;
  generate(inputs: PropertyMap): Promise<Generated>;
  /** What `pulumi import` with this id stands for. */
  import?(id: string): Promise<{ inputs: PropertyMap } & Generated>;
}

export interface Generated {
  id: string;
  values: PropertyMap;
}

/** Keepers that hold nothing are as good as none: they never replace. */
export function withKeepers(inputs: PropertyMap): PropertyMap {
  const { keepers, ...rest } = inputs;
  if (keepers === null || keepers === undefined) return rest;
  if (typeof keepers !== "object" || Object.getPrototypeOf(keepers) !== Object.prototype) return inputs;
  const held = Object.entries(keepers).filter(([, value]) => value !== null && value !== undefined);
  return held.length === 0 ? rest : { ...rest, keepers: Object.fromEntries(held) };
}

export function wholeNumber(inputs: PropertyMap, property: string, least: number): CheckFailure[] {
  const value = inputs[property];
  if (Number.isInteger(value) && (value as number) >= least) return [];
  return [{ property, reason: `${property} is ${JSON.stringify(value)}; a whole number from ${least} on is needed` }];
}
