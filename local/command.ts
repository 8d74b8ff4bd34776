import { watchInterrupts } from "./interrupt.ts";
import { tellError } from "./steps.ts";

/** Runs a command of npm's scripts: one message when it fails, exit code 1, no stack trace. Otherwise `main` gives the exit code. */
export async function command(main: (argv: string[]) => Promise<number>): Promise<void> {
  watchInterrupts();
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    tellError(error, (line) => console.error(line));
    process.exitCode = 1;
  }
}
