/** What an environment is for. The names people give their stacks lead here through {@link stageOf}. */
export const stages = ["dev", "review", "staging", "production"] as const;
export type Stage = (typeof stages)[number];

/** Every stack name that means one of the three permanent stages. A review environment is `pr-<number>`. */
export const stageNames: Record<Exclude<Stage, "review">, readonly string[]> = {
  dev: ["dev", "development", "local"],
  staging: ["staging", "stage", "preprod", "préprod", "preview"],
  production: ["production", "prod"],
};

const reviewName = /^pr-[1-9][0-9]*$/;

/** What a project's own stack names mean. */
export type Aliases = ReadonlyMap<string, Stage>;

/** The stage a stack name stands for, or undefined: the caller decides what an unknown name costs. */
export function stageOf(stackName: string, aliases?: Aliases): Stage | undefined {
  const name = plain(stackName);
  if (reviewName.test(name)) return "review";
  for (const [stage, names] of Object.entries(stageNames)) {
    if (names.includes(name)) return stage as Stage;
  }
  return aliases?.get(name);
}

/** How names are compared. */
export function plain(name: string): string {
  return name.trim().normalize("NFC").toLowerCase();
}

export class UnknownStageError extends Error {
  override readonly name = "UnknownStageError";

  readonly stackName: string;

  constructor(stackName: string) {
    super(
      `The stack name "${stackName}" stands for no environment. Allowed: ` +
        `${Object.values(stageNames).flat().join(", ")}, or pr-<number> for a review environment; palier:stages says what other names mean.`,
    );
    this.stackName = stackName;
  }
}
