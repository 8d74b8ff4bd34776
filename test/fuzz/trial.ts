import type { Stack } from "../declared.ts";

/** As the documented borders allow, beyond one of them, or changed in any way. */
export type Made = "within" | "beyond" | "broken";

/** What is run, and on which stack. */
export interface Trial extends Stack {
  program: () => unknown;
  /** Where it must be refused, if it must. */
  refusedAt?: string;
}
