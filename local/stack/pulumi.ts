import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { endsWell } from "../interrupt.ts";
import { LocalError } from "../steps.ts";

/** The Pulumi CLI, with the environment it runs in. */
export interface Pulumi {
  command: string;
  env: NodeJS.ProcessEnv;
}

export interface PulumiRun {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs the CLI in a process group of its own: Ctrl-C reaches it as one SIGINT from here, on which it finishes what it is
 * making; two, as a terminal and npm would send, make it drop everything.
 */
export async function runPulumi(
  pulumi: Pulumi,
  args: string[],
  { input = "", onLine }: { input?: string; onLine?: (line: string) => void } = {},
): Promise<PulumiRun> {
  const all = [...args, "--non-interactive", "--color", "never"];
  const child = spawn(pulumi.command, all, { env: pulumi.env, detached: true, stdio: "pipe" });
  const run = { code: 1, stdout: "", stderr: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    run.stderr += text;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (onLine) onLine(line);
    else run.stdout += `${line}\n`;
  });
  child.stdin.on("error", () => {}); // gone before it read its input: the exit code tells
  child.stdin.end(input);
  const closed = new Promise<void>((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      run.code = code ?? 1;
      done();
    });
  });
  const end = async () => {
    child.kill("SIGINT");
    await closed;
  };
  await endsWell(end, () => closed);
  return run;
}

/** Runs the CLI for its output, and fails with its message. */
export async function askPulumi(pulumi: Pulumi, args: string[], input = ""): Promise<string> {
  const run = await runPulumi(pulumi, args, { input });
  if (run.code !== 0) throw explain(args, run.stderr + run.stdout);
  return run.stdout;
}

/** The engine's own words, and what to do next where we know. */
export function explain(args: string[], output: string): LocalError {
  const said = output
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-12)
    .join("\n");
  const message = `pulumi ${args[0]} failed:\n${said}`;
  if (output.includes("incorrect passphrase")) {
    return new LocalError(
      "The passphrase file does not fit this clone's stacks: their secrets were encrypted with another one.",
      "put the old passphrase back in the file that `npm run -s env` names, or start anew with `npm run clean`.",
    );
  }
  return new LocalError(message, "mend what it names, then run the same command again; it goes on from there.");
}
