import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Image } from "./image.ts";
import { freePort } from "./objectStore.ts";

/** A Postgres of the tests' own on 127.0.0.1, from the image's files. */
export class Server {
  readonly #image: Image;
  readonly #folder: string;
  #process?: ChildProcess;
  #command: string[] = [];
  port = 0;

  constructor(image: Image, folder: string) {
    this.#image = image;
    this.#folder = image.room(folder);
  }

  async start(): Promise<this> {
    this.port = await freePort();
    const data = `${this.#folder}/data`;
    const made = await this.#image.run(["initdb", "--no-sync", "-D", data, "-U", "postgres", "-A", "trust"]);
    if (made.code !== 0) throw new Error(made.problem);
    const settings = ["-k", this.#folder, "-p", String(this.port), "-c", "fsync=off"];
    this.#command = ["postgres", "-D", data, ...settings];
    return this.again();
  }

  /** Once more, on what it left. */
  async again(): Promise<this> {
    this.#process = this.#image.start(this.#command);
    for (let tries = 0; tries < 100; tries++) {
      if ((await this.#image.run(["pg_isready"], this.variables("postgres"))).code === 0) return this;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error("Postgres does not answer");
  }

  async stop(): Promise<void> {
    if (!this.#process || this.#process.exitCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGINT");
    await ended;
  }

  /** kill -9 of all its processes, as when the memory runs out: what the kernel holds of its files stays. */
  async kill(): Promise<void> {
    const ended = once(this.#process!, "exit");
    this.#process!.kill("SIGKILL");
    await ended;
  }

  variables(database: string, user = "postgres"): Record<string, string> {
    return { PGHOST: "127.0.0.1", PGPORT: String(this.port), PGUSER: user, PGDATABASE: database };
  }

  async sql(database: string, text: string): Promise<string> {
    const command = ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", text];
    const { code, out, problem } = await this.#image.run(command, this.variables(database));
    if (code !== 0) throw new Error(problem);
    return out.trim();
  }
}
