import { fork } from "node:child_process";
import { once } from "node:events";
import { extname, join, resolve } from "node:path";
import { readAliases } from "../core/stageAliases.ts";
import type { Outcome } from "./declared.ts";
import { type Given, RenderError, readRun } from "./project.ts";
import { Rendered } from "./rendered.ts";

export interface RenderOptions extends Given {
  /**
   * Folder of the project's `Pulumi.yaml` and stack files.
   * @default the working directory
   */
  readonly project?: string;
  /** The stack, whose `Pulumi.<stack>.yaml` is read. */
  readonly stack: string;
}

const child = join(import.meta.dirname, `runProgram${extname(import.meta.filename)}`);

/**
 * What a program declares for a stack, with no cluster, no engine and no state. Secrets are stand-ins, and so is what only a
 * provider could know. Throws {@link RenderError} where the program, or its configuration, can't be used.
 */
export async function render({ project = ".", stack, ...given }: RenderOptions): Promise<Rendered> {
  const run = readRun(resolve(project), stack, given);
  // What the program prints is not what is rendered.
  const process_ = fork(child, { cwd: resolve(project), execArgv: [], stdio: ["ignore", 2, 2, "ipc"] });
  // A process may be seen to end before what it has said is read: that is done once the channel is closed.
  const ended = Promise.all([once(process_, "exit"), once(process_, "disconnect")]).then(
    ([[code]]): Outcome => ({ problem: `it ended with exit code ${code}` }),
  );
  const answered = once(process_, "message").then(([outcome]) => outcome as Outcome);
  process_.send(run);
  const outcome = await Promise.race([answered, ended]);
  if ("problem" in outcome) throw new RenderError(`${stack} can't be rendered: ${outcome.problem}`);
  const { aliases } = readAliases(run.config["palier:stages"]);
  return new Rendered({ stack, aliases }, outcome);
}
