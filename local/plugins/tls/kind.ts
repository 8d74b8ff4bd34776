import type { Arguments, CheckFailure } from "../../grpc/provider.ts";
import type { PropertyMap } from "../../grpc/values.ts";

/** One resource type of the tls plugin. It lives in the state only; nearly every change makes it anew. */
export interface Kind {
  arguments: Arguments;
  /** Inputs that are filled in, and then stand in the outputs too. */
  defaults: PropertyMap;
  /** Inputs and outputs that are secrets. */
  secrets: readonly string[];
  generated: readonly string[];
  /** Inputs that may change without a new key or certificate. */
  inPlace?: readonly string[];
  /** A certificate: replaced once its early renewal begins. */
  expires?: boolean;
  /** Called with known, open values only. */
  problems(inputs: PropertyMap): CheckFailure[];
  generate(inputs: PropertyMap): Promise<Generated>;
}

export interface Generated {
  id: string;
  values: PropertyMap;
}
