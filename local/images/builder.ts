import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Clone } from "../clone.ts";
import { debianParts } from "../debian.ts";
import type { Step } from "../steps.ts";
import { writeWhole } from "../whole-file.ts";

/** Debian's buildah and skopeo, unpacked in the cache, with image storage of this clone's own. */
export interface Builder {
  /** Folder with Debian's files. */
  root: string;
  /** Folder for layers and what a build needs meanwhile. */
  storage: string;
  /** Folder where npm keeps what it has fetched, for the builds of all clones. */
  npmCache: string;
}

export const builderPackages = ["buildah", "skopeo"];

/** `registry` is the embedded node's; it alone may be spoken to without TLS. */
export async function prepareBuilder(
  step: Step,
  { cache, home }: Pick<Clone, "cache" | "home">,
  registry: string,
): Promise<Builder> {
  const storage = join(home, "images");
  const npmCache = join(cache, "npm");
  const folders = ["lib", "run", "tmp", "compiled"].map((folder) => join(storage, folder));
  for (const folder of [...folders, npmCache]) await mkdir(folder, { recursive: true });
  const known = `unqualified-search-registries = ["docker.io"]\n\n[[registry]]\nlocation = "${registry}"\ninsecure = true\n`;
  await writeWhole(join(storage, "registries.conf"), known);
  return { root: await debianParts(step, cache, builderPackages), storage, npmCache };
}

/** Why a program failed, in the last lines it said. */
export class ToolFailed extends Error {}

/**
 * Such a program looks for its libraries and helpers in /usr, also when it starts itself again with an empty environment.
 * So Debian's files are laid over the machine's own in a mount namespace that ends with the program: nothing is
 * installed, and no mount stays.
 */
const within = `
tools=$1 storage=$2
shift 2
mount -t overlay palier -o "lowerdir=$tools/usr:/usr" /usr
for folder in "$tools"/lib/*-linux-gnu; do
  [ ! -d "$folder" ] || mount -t overlay palier -o "lowerdir=$folder:/usr/lib/\${folder##*/}" "/usr/lib/\${folder##*/}"
done
mount --bind "$storage/lib" /var/lib
exec "$@"
`;

/** Runs a program from unpacked Debian packages. It ends with this process, however that ends. */
export async function runTool(
  { root, storage }: Pick<Builder, "root" | "storage">,
  command: string[],
  options: { say?: (line: string) => void; signal?: AbortSignal } = {},
): Promise<void> {
  const namespace = ["--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const args = ["--pdeathsig", "KILL", "unshare", ...namespace, "sh", "-ec", within, "sh", root, storage, ...command];
  const settings = { TMPDIR: join(storage, "tmp"), CONTAINERS_REGISTRIES_CONF: join(storage, "registries.conf") };
  const child = spawn("setpriv", args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...settings },
    signal: options.signal,
    killSignal: "SIGKILL",
  });
  const last: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      for (const line of text.split(/[\r\n]+/).filter((line) => line.trim() !== "")) {
        last.push(line);
        if (last.length > 15) last.shift();
        options.say?.(line);
      }
    });
  }
  const code = await new Promise<number | null>((done, failed) => child.on("close", done).on("error", failed));
  if (code !== 0) throw new ToolFailed(last.join("\n") || `${command[0]} ended with code ${code}`);
}

/** Runs buildah on this clone's storage. */
export function buildah(builder: Builder, args: string[], options?: Parameters<typeof runTool>[2]): Promise<void> {
  const { root, storage } = builder;
  const place = ["--root", join(storage, "layers"), "--runroot", join(storage, "run"), "--storage-driver", "overlay"];
  const policy = ["--signature-policy", join(root, "etc/containers/policy.json")];
  const [command, ...rest] = args;
  const takesPolicy = ["build", "push", "pull"].includes(command!);
  return runTool(builder, ["buildah", ...place, command!, ...(takesPolicy ? policy : []), ...rest], options);
}
