import { execFileSync } from "node:child_process";
import { join } from "node:path";

const version = "v1.20.0";

/** Installs kube-score into a folder, as its own documentation says; undefined where Go is not there. */
export function kubeScore(folder: string): string | undefined {
  const env = { ...process.env, GOBIN: folder, PATH: `${process.env["PATH"]}:/usr/local/go/bin` };
  try {
    execFileSync("go", ["install", `github.com/zegl/kube-score/cmd/kube-score@${version}`], { env, stdio: "pipe" });
  } catch (error) {
    console.log(`kube-score ${version} can't be installed: ${(error as Error).message.split("\n")[0]}`);
    return undefined;
  }
  return join(folder, "kube-score");
}

/** How many checks it knows, those that it runs unasked first. */
export function checksOf(program: string): { unasked: number; all: number } {
  const lines = execFileSync(program, ["list"], { encoding: "utf8" }).trim().split("\n");
  return { unasked: lines.filter((line) => line.endsWith(",default")).length, all: lines.length };
}
