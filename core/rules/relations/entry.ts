import type { Field } from "../reading/field.ts";

/** A host and a path that a route takes. */
export interface Entry {
  readonly host: Field;
  readonly path: Field;
  /** Whether it is the path alone, or all below it too; absent where that goes without saying. */
  readonly type: Field;
}
