import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Image } from "./image.ts";
import { freePort } from "./objectStore.ts";

interface Options {
  /** The superuser's; everybody is then asked for theirs. */
  password?: string;
  /** More arguments of the server. */
  settings?: string[];
}

/** A Postgres of the tests' own on 127.0.0.1, from the image's files. */
export class Server {
  readonly #image: Image;
  readonly #folder: string;
  readonly #password?: string;
  readonly #settings: string[];
  #process?: ChildProcess;
  #command: string[] = [];
  port = 0;

  constructor(image: Image, folder: string, { password, settings = [] }: Options = {}) {
    this.#image = image;
    this.#password = password;
    this.#settings = settings;
    this.#folder = image.room(folder);
  }

  async start(): Promise<this> {
    this.port = await freePort();
    const data = `${this.#folder}/data`;
    const asked = this.#password === undefined ? ["-A", "trust"] : ["-A", "scram-sha-256", "--pwfile=/dev/stdin"];
    const init = ["initdb", "--no-sync", "-D", data, "-U", "postgres", ...asked];
    const given = ["sh", "-c", 'printf "%s\\n" "$PGPASSWORD" | "$@"', "sh", ...init];
    const made = await this.#image.run(given, { PGPASSWORD: this.#password ?? "" });
    if (made.code !== 0) throw new Error(made.problem);
    const settings = ["-k", this.#folder, "-p", String(this.port), "-c", "fsync=off", ...this.#settings];
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
    return { ...this.way, PGUSER: user, PGDATABASE: database, PGPASSWORD: this.#password ?? "" };
  }

  /** Where a client finds it, in clear. */
  get way(): Record<string, string> {
    return { PGHOST: "127.0.0.1", PGPORT: String(this.port), PGSSLMODE: "disable" };
  }

  /** As whom an address names, in its database. */
  sqlAs({ username, password, pathname }: URL, text: string): Promise<string> {
    return this.sql(pathname.slice(1), text, { PGUSER: username, PGPASSWORD: password });
  }

  async sql(database: string, text: string, as: Record<string, string> = {}): Promise<string> {
    const command = ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-c", text];
    const { code, out, problem } = await this.#image.run(command, { ...this.variables(database), ...as });
    if (code !== 0) throw new Error(problem);
    return out.trim();
  }
}
