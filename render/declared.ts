/** One resource that a program declared. */
export interface Declared {
  /** As the engine calls it: `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Its name in the program. */
  readonly name: string;
  /** The component it is a part of, as `type::name`; undefined at the top. */
  readonly parent?: string;
  /** What its provider would be given, secrets in clear. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Paths that the engine leaves as they are. */
  readonly ignoreChanges: readonly string[];
  /** `pulumi destroy` refuses to remove it. */
  readonly protect: boolean;
}

/** What a program is run with. */
export interface Run {
  /** Path of the program. */
  readonly program: string;
  readonly project: string;
  readonly stack: string;
  /** By their whole key; what is structured as JSON, as the engine hands it over. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys of the configuration that hold secrets. */
  readonly secretKeys: readonly string[];
  /** What they hold: their values, or what stands in for them. */
  readonly secrets: readonly string[];
}

/** One value that counts in a component. */
export interface Value {
  /** The argument's path: `scale.min`. */
  readonly argument: string;
  /** Text, a number, true or false, or a list of them; `(secret)` for a secret. */
  readonly value: unknown;
  /** Who chose it: the program, the stack's configuration, the environment's profile, or nobody. */
  readonly origin: "argument" | "configuration" | "profile" | "default";
  /** The key in the configuration or in the profile that it is from. */
  readonly key?: string;
}

/** What counts in a component. */
export interface Component {
  /** Its class: `App`. */
  readonly kind: string;
  readonly name: string;
  readonly values: readonly Value[];
}

/** How the run ended. */
export type Outcome =
  | {
      declared: Declared[];
      components: Component[];
      secrets: string[];
      /** What it exports as `artefacts`, outputs resolved. */
      artefacts?: unknown;
    }
  | { problem: string };
