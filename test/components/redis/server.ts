import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { openClone } from "../../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../../local/debian.ts";
import { temporaryFolder } from "../../temporary.ts";
import { freePort } from "../backup/objectStore.ts";

/** A Redis of the tests' own on 127.0.0.1, of Debian's package, with the settings that a component has declared. */
export class RedisServer {
  readonly #folder = temporaryFolder("redis");
  readonly #root: string;
  #process?: ChildProcess;
  port = 0;

  private constructor(root: string) {
    this.#root = root;
  }

  static async make(settings: string): Promise<RedisServer> {
    const { cache } = await openClone();
    const server = new RedisServer(await debianParts({ say: () => {}, progress: () => {} }, cache, ["redis-server"]));
    server.port = await freePort();
    mkdirSync(join(server.#folder, "data"));
    const own = settings
      .replace(/^bind .*$/m, "bind 127.0.0.1")
      .replace(/^port .*$/m, `port ${server.port}`)
      .replace(/^dir .*$/m, `dir ${server.#folder}/data`);
    writeFileSync(join(server.#folder, "redis.conf"), own, { mode: 0o600 });
    return server;
  }

  async start(): Promise<this> {
    const env = { ...process.env, ...debianEnvironment(this.#root) };
    const program = join(this.#root, "usr/bin/redis-server");
    this.#process = spawn(program, [join(this.#folder, "redis.conf")], { env, stdio: "ignore" });
    for (let tries = 0; tries < 200; tries++) {
      if (/NOAUTH|PONG/.test(await this.ask(["ping"]).catch(String))) return this;
      await sleep(20);
    }
    throw new Error("Redis does not answer");
  }

  /** As a node that loses its power would, but for the pages that the kernel still holds. */
  async kill(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  /** What it answers, refusals too. */
  async ask(words: readonly string[], user = "default", password = ""): Promise<string> {
    const env = { ...process.env, ...debianEnvironment(this.#root), REDISCLI_AUTH: password };
    const args = ["-p", String(this.port), "--user", user, "--no-auth-warning", ...words];
    const { stdout, stderr } = await promisify(execFile)(join(this.#root, "usr/bin/redis-cli"), args, { env });
    return `${stderr}${stdout}`.trim();
  }
}
