import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { debianParts } from "../debian.ts";
import type { Step } from "../steps.ts";

/** Debian's buildah, from the cache, with image storage of this clone's own. */
export interface Builder {
  /** Folder with Debian's files. */
  root: string;
  /** Folder for layers and runtime state. */
  storage: string;
}

export const builderPackages = ["buildah"];

export async function prepareBuilder(step: Step, cache: string, home: string): Promise<Builder> {
  return { root: await debianParts(step, cache, builderPackages), storage: join(home, "images") };
}

/** The last lines of what a build said: its reason. */
export class BuildFailed extends Error {}

/**
 * buildah looks for its settings and helpers in /usr and /etc. They are laid over the machine's own in a mount
 * namespace that ends with it, so that nothing is installed and nothing stays.
 */
const within = `
mount -t overlay palier -o lowerdir="$1/usr:/usr" /usr
mount -t overlay palier -o lowerdir="$1/etc:/etc" /etc
mount --bind "$2/lib" /var/lib
storage="$2"
shift 2
exec buildah --root "$storage/layers" --runroot "$storage/run" --storage-driver overlay "$@"
`;

/** Runs buildah. Each line it says goes to `say`; where it fails the last ones are the error. */
export async function buildah(builder: Builder, args: string[], say: (line: string) => void = () => {}): Promise<void> {
  const { root, storage } = builder;
  for (const folder of ["lib", "run", "tmp"]) await mkdir(join(storage, folder), { recursive: true });
  const namespace = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const child = spawn("unshare", [...namespace, "sh", "-ec", within, "sh", root, storage, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, TMPDIR: join(storage, "tmp"), BUILDAH_ISOLATION: "chroot" },
  });
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split("\n").filter((line) => line.trim() !== "")) {
        last.push(line);
        if (last.length > 12) last.shift();
        say(line);
      }
    });
  }
  const code = await new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  if (code !== 0) throw new BuildFailed(last.join("\n"));
}

export interface Build {
  context: string;
  /** @default the Dockerfile in the context */
  dockerfile?: string;
  args?: Record<string, string>;
  target?: string;
  platform?: string;
}

/**
 * Builds an image and pushes it; the same content gives the same digest. What the build fetches it fetches as this
 * machine does: its certificates are lent to the build, and leave no trace in a layer.
 */
export async function buildAndPush(
  builder: Builder,
  build: Build,
  reference: string,
  say?: (line: string) => void,
): Promise<string> {
  const args = Object.entries(build.args ?? {}).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]);
  await buildah(
    builder,
    [
      "build",
      ...[
        "--isolation",
        "chroot",
        "--network",
        "host",
        "--layers",
        "--timestamp",
        "0",
        "--tls-verify=false",
        "--pull=missing",
      ],
      ...["--volume", `${certificates()}:/etc/ssl/certs/ca-certificates.crt:ro`],
      ...(build.dockerfile ? ["--file", build.dockerfile] : []),
      ...(build.target ? ["--target", build.target] : []),
      ...(build.platform ? ["--platform", build.platform] : []),
      ...args,
      ...["--tag", reference, build.context],
    ],
    say,
  );
  return push(builder, reference, reference, say);
}

/** Pushes an image that is in the storage, and returns its digest. */
export async function push(
  builder: Builder,
  image: string,
  reference: string,
  say?: (line: string) => void,
): Promise<string> {
  const file = join(builder.storage, "tmp", `digest-${process.pid}-${Date.now()}`);
  await buildah(builder, ["push", "--tls-verify=false", "--digestfile", file, image, `docker://${reference}`], say);
  const digest = (await readFile(file, "utf8")).trim();
  await rm(file, { force: true });
  return digest;
}

function certificates(): string {
  return process.env["SSL_CERT_FILE"] ?? process.env["NODE_EXTRA_CA_CERTS"] ?? "/etc/ssl/certs/ca-certificates.crt";
}
