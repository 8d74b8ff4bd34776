/** A step of any CI: shell that needs nothing but variables. */
export interface Step {
  readonly name: string;
  readonly run: string;
  readonly folder?: string;
  /** Runs where a step of the job before it has failed, and only then. */
  readonly onFailure?: boolean;
}

/** When a job runs. */
export type When = "change" | "main" | "release" | "back" | "weekly";

/** A job of any CI. */
export interface Job {
  readonly id: string;
  readonly when: When;
  readonly needs: readonly string[];
  readonly minutes: number;
  readonly steps: readonly Step[];
  readonly node?: number;
  readonly python?: string;
  readonly pnpm?: boolean;
  /** The engine too. */
  readonly pulumi?: boolean;
  readonly postgres?: { readonly version: string; readonly database: string };
  readonly environment?: "staging" | "production";
  readonly secrets: readonly string[];
  /** Variables of the project, which are no secrets. */
  readonly settings?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** It writes release records, and pushes them. */
  readonly writes?: boolean;
  /** Files that later jobs take. */
  readonly keeps?: string;
  readonly takes?: string;
}
