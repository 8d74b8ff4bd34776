import type { Field } from "./field.ts";

/** A named value that a container gets, however it gets there. */
export interface Setting {
  /** `CORS_ORIGIN`, `cors.origin` or `--cors-origin`; undefined while it is not known. */
  readonly name: string | undefined;
  /** The name itself is a secret: judged, never shown. */
  readonly hidden?: boolean;
  readonly value: Field;
  /** Where it is written: a variable, a key of a ConfigMap or Secret, a line of a file in one, a command line. */
  readonly source: "variable" | "data" | "file" | "command" | "reference";
  readonly container?: string;
  /** What the value is read from, when that is not among the objects seen so far. */
  readonly missing?: string;
}
