import { execFile, spawn } from "node:child_process";
import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { openClone } from "../../../local/clone.ts";
import { debianParts } from "../../../local/debian.ts";
import { backup } from "../../../local/images/backup/recipe.ts";
import type { Recipe } from "../../../local/images/recipe.ts";
import { Rootfs } from "../../../local/images/rootfs.ts";
import { temporaryFolder } from "../../temporary.ts";

const uid = 999;
const path = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/lib/postgresql/15/bin:/usr/lib/postgresql/17/bin";

/** With devices and processes of its own mount namespace, which ends with the program. */
const within = `
mount --rbind /dev "$0/dev"
mount -t proc proc "$0/proc"
exec chroot --userspec=${uid}:${uid} "$0" "$@"
`;

export interface Ended {
  code: number;
  out: string;
  problem: string;
}

/** The files of an image, by default the backup one's, in which scripts and a server run as the image's own user. */
export class Image {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(recipe: Recipe = backup): Promise<Image> {
    const { cache } = await openClone();
    const folder = join(temporaryFolder(`${recipe.name}-image`), "root");
    mkdirSync(folder);
    const rootfs = new Rootfs(folder, await debianParts({ say: () => {}, progress: () => {} }, cache, recipe.packages));
    await rootfs.begin();
    await recipe.fill(rootfs, temporaryFolder(`${recipe.name}-image-work`));
    return new Image(folder);
  }

  /** A folder that the user of the image may write, by its path in the image. */
  room(path: string): string {
    const outside = join(this.folder, path);
    mkdirSync(outside, { recursive: true });
    chownSync(outside, uid, uid);
    return path;
  }

  run(command: string[], variables: Record<string, string> = {}): Promise<Ended> {
    const [program, args, options] = this.#started(command, variables);
    return promisify(execFile)(program, args, { ...options, maxBuffer: 64 << 20 }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, problem: stderr }),
      ({ code, stdout, stderr }) => ({ code, out: stdout, problem: stderr }),
    );
  }

  /** Goes on until it is killed. */
  start(command: string[], variables: Record<string, string> = {}) {
    const [program, args, options] = this.#started(command, variables);
    return spawn(program, args, { ...options, stdio: "ignore" });
  }

  #started(command: string[], variables: Record<string, string>) {
    const namespace = ["unshare", "--mount", "--propagation", "private", "sh", "-ec", within];
    const args = ["--pdeathsig", "KILL", ...namespace, this.folder, ...command];
    return ["setpriv", args, { env: { PATH: path, LANG: "C.UTF-8", ...variables } }] as const;
  }
}
