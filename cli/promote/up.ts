import { spawn } from "node:child_process";
import { once } from "node:events";
import { UsageError } from "../usage.ts";
import { heldBy } from "./locked.ts";

/**
 * Runs `pulumi up` before the user's eyes. Who holds the stack is told in words where somebody else is at work on it: nothing
 * was begun then.
 */
export async function pulumiUp(folder: string, stack: string, more: readonly string[]): Promise<number> {
  const child = spawn("pulumi", ["up", "--stack", stack, ...more], {
    cwd: folder,
    stdio: ["inherit", "inherit", "pipe"],
  });
  const said: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.push(text);
    process.stderr.write(text);
  });
  const missing = once(child, "error").then(() => {
    throw new UsageError("pulumi is not on PATH: https://www.pulumi.com/docs/install/ says how to get it.");
  });
  const [code] = await Promise.race([once(child, "close"), missing]);
  const held = heldBy(said.join(""), stack, new Date());
  if (held) {
    const after = "Nothing was begun. Wait until it is done; where that process is gone: pulumi cancel --yes";
    console.error(`palier: ${held}. ${after} --stack ${stack}.`);
  }
  return (code as number | null) ?? 1;
}
