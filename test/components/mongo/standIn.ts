import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openClone } from "../../../local/clone.ts";
import { buildGo } from "../../../local/go-build.ts";
import { temporaryFolder } from "../../temporary.ts";
import { freePort } from "../backup/objectStore.ts";

/** FerretDB on 127.0.0.1, which speaks MongoDB's protocol over SQLite: MongoDB's own server can't be had as a package here. */
export class StandIn {
  readonly user = "shop";
  readonly password = "zQ7-of-the-stand-in";
  readonly database = "shop";
  port = 0;
  #process?: ChildProcess;

  async start(): Promise<this> {
    const { cache } = await openClone();
    const quiet = { say: () => {}, progress: () => {} };
    const dir = join(import.meta.dirname, "../../../local/ferretdb");
    const built = await buildGo(quiet, { name: "ferretdb", version: "1.24.2", dir, package: ".", cache });
    const folder = temporaryFolder("ferretdb");
    mkdirSync(join(folder, "data"));
    this.port = await freePort();
    const env = {
      ...process.env,
      ADDRESS: `127.0.0.1:${this.port}`,
      FOLDER: join(folder, "data"),
      SETUP_DATABASE: this.database,
      SETUP_USERNAME: this.user,
      SETUP_PASSWORD: this.password,
    };
    this.#process = spawn("setpriv", ["--pdeathsig", "KILL", built], { env, stdio: "ignore" });
    for (let tries = 0; tries < 200; tries++) {
      if (await this.#answers()) return this;
      await sleep(50);
    }
    throw new Error("FerretDB does not answer");
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0 };
    if (!this.#process || exitCode !== null || signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  async #answers(): Promise<boolean> {
    const socket = connect(this.port, "127.0.0.1");
    return new Promise((done) => {
      socket.on("connect", () => done(true)).on("error", () => done(false));
    }).finally(() => socket.destroy()) as Promise<boolean>;
  }
}
