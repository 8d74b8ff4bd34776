import { spawn } from "node:child_process";

const remembered = 15;

/** Runs a program and resolves to what it printed. Throws its last lines where it fails. */
export async function run(
  program: string,
  words: string[],
  say: (line: string) => void,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  const last: string[] = [];
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      if (stream === child.stdout) printed += text;
      for (const line of text.split(/[\r\n]+/).filter((one) => one.trim() !== "")) {
        last.push(line);
        if (last.length > remembered) last.shift();
        say(line);
      }
    });
  }
  const code = await new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  if (code === 0) return printed;
  throw new Failed(code, last.join("\n") || `${program} ended with code ${code}`);
}

/** A program that was run, and did not end well. */
export class Failed extends Error {
  readonly code: number | null;
  constructor(code: number | null, message: string) {
    super(message);
    this.code = code;
  }
}
