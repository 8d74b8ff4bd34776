import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LocalError } from "../steps.ts";

const run = promisify(execFile);

/** The cluster of a stack, by its kube context. */
export interface KubeTarget {
  context: string;
  env: NodeJS.ProcessEnv;
  /** It is the embedded node, where nobody else is at work. */
  ours: boolean;
}

export async function kubectl({ context, env }: KubeTarget, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run("kubectl", ["--context", context, ...args], { env, maxBuffer: 64 << 20 });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string };
    if (code === "ENOENT") {
      const why = "What a killed run left in the cluster is looked for with kubectl, and there is none on PATH.";
      throw new LocalError(why, "install kubectl, then run the same command again.");
    }
    const next = "see that the cluster answers, then run the same command again; it goes on from there.";
    throw new LocalError(`kubectl ${args[0]} failed while the stack was mended: ${stderr?.trim() || error}`, next);
  }
}
