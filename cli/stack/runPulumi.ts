import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { UsageError } from "../usage.ts";

export interface PulumiRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Where it runs, and with what. */
export interface Place {
  readonly folder: string;
  /** @default this process' own */
  readonly env?: NodeJS.ProcessEnv;
  /** What it reads from its standard input, such as a secret, which no argument may hold. @default nothing */
  readonly input?: string;
}

/** Runs the pulumi that is on PATH. Throws {@link UsageError} where there is none. */
export async function runPulumi(
  { folder, env = process.env, input }: Place,
  args: readonly string[],
): Promise<PulumiRun> {
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd: folder,
    env,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => {}).end(input);
  const missing = once(child, "error").then(() => {
    throw new UsageError("pulumi is not on PATH: https://www.pulumi.com/docs/install/ says how to get it.");
  });
  const ended = Promise.all([once(child, "close"), text(child.stdout!), text(child.stderr!)]);
  const [[code], output, errors] = await Promise.race([ended, missing]);
  return { code: (code as number | null) ?? 1, output, errors };
}

/** The same where it must succeed: its output. Its arguments may hold a secret, so only the first two are told. */
export async function askPulumi(place: Place, args: readonly string[]): Promise<string> {
  const { code, output, errors } = await runPulumi(place, args);
  if (code === 0) return output;
  const said = (errors.trim() || output.trim() || `it ended with ${code}`).split("\n").slice(-12).join("\n");
  throw new UsageError(`pulumi ${args.slice(0, 2).join(" ")}: ${said}`);
}
