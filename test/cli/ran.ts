import { UsageError } from "../../cli/usage.ts";

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

/** What a command of `palier` comes to, in this process: as `cli/palier.ts` runs it, and without another start of Node. */
export async function ran(command: () => Promise<number>): Promise<Ran> {
  const { log, error } = console;
  const { write } = process.stdout;
  const [out, errors]: [string[], string[]] = [[], []];
  console.log = (line: string) => void out.push(`${line}\n`);
  console.error = (line: string) => void errors.push(`${line}\n`);
  process.stdout.write = ((text: string) => out.push(text) > 0) as typeof write;
  let status = 2;
  try {
    status = await command();
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    errors.push(`palier: ${thrown.message}\n`);
  } finally {
    Object.assign(console, { log, error });
    process.stdout.write = write;
  }
  return { status, stdout: out.join(""), stderr: errors.join("") };
}
