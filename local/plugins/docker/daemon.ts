import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import type { Build, Run } from "../../images/build.ts";
import { ToolFailed } from "../../images/builder.ts";

const run = promisify(execFile);
let answers: Promise<boolean> | undefined;

/** Whether Docker's own daemon runs on this machine. One elsewhere would not reach the node's registry on 127.0.0.1. */
export function dockerAnswers(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  const elsewhere = env["DOCKER_HOST"] && !env["DOCKER_HOST"].startsWith("unix://");
  if (elsewhere || env["PALIER_IMAGE_BUILDER"] === "buildah") return Promise.resolve(false);
  answers ??= run("docker", ["version", "--format", "{{.Server.Version}}"], { timeout: 3_000 }).then(
    () => true,
    () => false,
  );
  return answers;
}

export async function dockerBuild(what: Build, name: string, options: Run = {}): Promise<string> {
  const given = (flag: string, value?: string) => (value ? [flag, value] : []);
  await docker(
    [
      ...["build", "--tag", name, "--file", what.dockerfile!],
      ...given("--target", what.target),
      ...given("--platform", what.platform),
      ...given("--network", what.network),
      ...(what.addHosts ?? []).flatMap((host) => ["--add-host", host]),
      ...Object.entries(what.args ?? {}).flatMap(([arg, value]) => ["--build-arg", `${arg}=${value}`]),
      what.context,
    ],
    options,
  );
  const [id] = await docker(["image", "inspect", "--format", "{{.Id}}", name], {});
  return id!;
}

export async function dockerPush(name: string, options: Run = {}): Promise<string> {
  const lines = await docker(["push", name], options);
  const digest = lines.map((line) => /digest: (sha256:[0-9a-f]{64})/.exec(line)?.[1]).find(Boolean);
  if (!digest) throw new ToolFailed(`docker push named no digest:\n${lines.slice(-5).join("\n")}`);
  return digest;
}

async function docker(args: string[], { say, signal }: Run): Promise<string[]> {
  const child = spawn("docker", args, { stdio: ["ignore", "pipe", "pipe"], signal });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      const heard = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
      lines.push(...heard);
      for (const line of heard) say?.(line);
    });
  }
  const code = await new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  if (code !== 0) throw new ToolFailed(lines.slice(-15).join("\n"));
  return lines;
}
