import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryFolder } from "../../temporary.ts";
import { objectStoreProgram } from "./objectStore/program.ts";

/**
 * For how long the server takes a folder to be as it last saw it. Each folder has a timer that ends it: of 1 ns they came to
 * be thousands at once, and a request waited for minutes.
 */
const rememberedMs = 100;

/** A real S3 server on 127.0.0.1. Each folder in `folder` is a bucket. */
export class ObjectStore {
  readonly folder = temporaryFolder("object-store");
  readonly keys = { id: "backups", secret: "backups-secret-key" };
  #port = 0;
  #server?: ChildProcess;

  get port(): number {
    return this.#port;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  bucket(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** With a bucket that has room for so many bytes. */
  async start(room?: { bucket: string; bytes: number }): Promise<void> {
    const program = await objectStoreProgram();
    this.#port ||= await freePort();
    const { id, secret } = this.keys;
    const address = `127.0.0.1:${this.#port}`;
    const args = [
      "serve",
      "s3",
      "--config",
      "/notfound",
      "--dir-cache-time",
      `${rememberedMs}ms`,
      "--auth-key",
      `${id},${secret}`,
      "--addr",
      address,
    ];
    const mount = room ? `mount -t tmpfs -o size=${room.bytes} room '${this.bucket(room.bucket)}'; ` : "";
    const within = ["--mount", "--propagation", "private", "sh", "-ec", `${mount}exec "$0" "$@"`];
    this.#server = spawn("setpriv", ["--pdeathsig", "KILL", "unshare", ...within, program, ...args, this.folder], {
      stdio: "ignore",
    });
    for (let tries = 0; tries < 200; tries++) {
      if (
        await fetch(this.endpoint).then(
          () => true,
          () => false,
        )
      )
        return;
      await sleep(50);
    }
    throw new Error("the S3 server does not answer");
  }

  /** Until the server sees what a test has changed in its folder. */
  seen(): Promise<void> {
    return sleep(2 * rememberedMs);
  }

  async stop(): Promise<void> {
    if (!this.#server || this.#server.exitCode !== null) return;
    this.#server.kill();
    await once(this.#server, "exit");
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
