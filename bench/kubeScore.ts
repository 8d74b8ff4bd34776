import { execFileSync } from "node:child_process";
import { join } from "node:path";

export const kubeScoreVersion = "v1.20.0";

/** Builds kube-score into a folder, as its own documentation says, and returns its path. */
export function kubeScore(folder: string): string {
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: "0" };
  const program = `github.com/zegl/kube-score/cmd/kube-score@${kubeScoreVersion}`;
  execFileSync("go", ["install", program], { env, stdio: ["ignore", "ignore", "pipe"] });
  return join(folder, "kube-score");
}
