import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Builder, buildah, runTool } from "./builder.ts";
import { lentSettings } from "./lent.ts";

/** The network is this machine's own or none, and compressing takes longer than all the rest. */
const lightly = ["--compression-format", "gzip", "--compression-level", "1"];

const layoutName = "image";

export interface Build {
  /** Folder that the Dockerfile copies from. */
  context: string;
  /** @default the Dockerfile in the context */
  dockerfile?: string;
  /** @default the .dockerignore in the context */
  ignoreFile?: string;
  args?: Record<string, string>;
  target?: string;
  platform?: string;
  /** Names beside those of the machine's resolver, `host:address`. */
  addHosts?: string[];
  /** A network of Docker's. Its stand-in builds on the machine's own. */
  network?: string;
}

export interface Run {
  /** Hears each line the builder says. */
  say?: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Builds an image under this name, and returns its identity here. The same content gives the same digest: files and
 * image are dated 1970.
 */
export async function build(builder: Builder, build: Build, name: string, run?: Run): Promise<string> {
  const given = (flag: string, value?: string) => (value ? [flag, value] : []);
  const lent = await lentSettings(builder);
  const command = (idFile: string) => [
    ...[
      "build",
      "--iidfile",
      idFile,
      "--isolation",
      "chroot",
      "--network",
      "host",
      "--layers",
      "--timestamp",
      "0",
      "--pull=missing",
    ],
    ...lent.flatMap((volume) => ["--volume", volume]),
    ...given("--file", build.dockerfile),
    ...given("--ignorefile", build.ignoreFile),
    ...given("--target", build.target),
    ...given("--platform", build.platform),
    ...(build.addHosts ?? []).flatMap((host) => ["--add-host", host]),
    ...Object.entries(build.args ?? {}).flatMap(([arg, value]) => ["--build-arg", `${arg}=${value}`]),
    ...["--tag", name, build.context],
  ];
  return answer(builder, (file) => buildah(builder, command(file), run));
}

/** Pushes an image that was built here under this name, and returns its digest in the registry. */
export async function push(builder: Builder, name: string, run?: Run): Promise<string> {
  const command = (file: string) => ["push", ...lightly, "--digestfile", file, name, `docker://${name}`];
  return answer(builder, (file) => buildah(builder, command(file), run));
}

/** Writes an image that was built here into a folder in the OCI layout. */
export async function writeLayout(builder: Builder, id: string, folder: string): Promise<void> {
  await buildah(builder, ["push", ...lightly, id, `oci:${folder}:${layoutName}`]);
}

/** Brings an image from a folder or another registry into a registry, byte by byte, so that it keeps its digest. */
export async function copyImage({ root, storage }: Builder, source: string, target: string): Promise<void> {
  const settings = [
    "--policy",
    `${root}/etc/containers/policy.json`,
    "--registries-conf",
    `${storage}/registries.conf`,
  ];
  const copy = ["copy", "--preserve-digests", source, `docker://${target}`];
  await runTool({ root, storage }, ["skopeo", ...settings, ...copy]);
}

/** How the copy names an image in a folder that {@link writeLayout} wrote. */
export function inLayout(folder: string): string {
  return `oci:${folder}:${layoutName}`;
}

/** buildah answers in a file. */
async function answer({ storage }: Builder, asked: (file: string) => Promise<void>): Promise<string> {
  const file = join(storage, "tmp", `answer-${randomUUID()}`);
  try {
    await asked(file);
    return (await readFile(file, "utf8")).trim();
  } finally {
    await rm(file, { force: true });
  }
}
