import { pairs } from "./pairs.ts";

/** Options of every command that runs a program without an engine. */
export const programOptions = {
  project: { type: "string", default: "." },
  set: { type: "string", multiple: true },
  help: { type: "boolean", short: "h" },
} as const;

/** The program that they name, and the configuration that its stack files lack. */
export interface Program {
  /** Folder of its `Pulumi.yaml`. */
  readonly project: string;
  readonly config: Readonly<Record<string, string>>;
}

export function programOf({ project, set }: { project: string; set?: string[] }): Program {
  return { project, config: Object.fromEntries(pairs("--set", set)) };
}
