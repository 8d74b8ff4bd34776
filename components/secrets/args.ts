import type { EnvironmentRef } from "../environment/args.ts";

/** One secret: made here, or read from the stack's configuration. Give exactly one of `generate` and `config`. */
export interface SecretArgs {
  /** Makes a random value of this many letters and digits, 16–256, once for this environment. */
  generate?: number;
  /** Reads the secret key of the same name from the stack's configuration. */
  config?: boolean;
  /**
   * Fewest characters of a configured value, 1–4096.
   * @default 16
   */
  minLength?: number;
}

export interface SecretsArgs {
  /** Where the Secret is kept. */
  environment: EnvironmentRef;
  /** The secrets by their key, which is also the variable's name. */
  values: { [key: string]: SecretArgs };
}
