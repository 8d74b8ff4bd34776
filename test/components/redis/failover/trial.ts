import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { sentinelPort } from "../../../../components/redis/failover/names.ts";
import { haproxyConf } from "../../../../components/redis/failover/proxy.ts";
import { startSentinel, startServer } from "../../../../components/redis/failover/scripts.ts";
import { settingsFolder } from "../../../../components/redis/settings.ts";
import { openClone } from "../../../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../../../local/debian.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { freePort } from "../../backup/objectStore.ts";

const quiet = { say: () => {}, progress: () => {} };
/** Each stands for a pod: of 127.0.0.0/8 every address is this machine's. */
const hosts = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];

export interface Given {
  /** The declared settings of a server, the password of its administrators and of who asks for the primary. */
  settings: string;
  admin: string;
  prober: string;
}

/** Three servers, a Sentinel beside each and HAProxy before them, by the scripts and settings of the component. */
export class FailoverTrial {
  readonly #folder = temporaryFolder("redis-failover");
  readonly #given: Given;
  readonly #env: Record<string, string>;
  readonly #processes = new Map<string, ChildProcess>();
  #ports = { redis: 0, sentinel: 0 };
  /** Where the proxy answers. */
  port = 0;

  private constructor(given: Given, env: Record<string, string>) {
    this.#given = given;
    this.#env = env;
  }

  static async start(given: Given): Promise<FailoverTrial> {
    const { cache } = await openClone();
    const packages = ["redis-server", "redis-sentinel", "haproxy"];
    const env = debianEnvironment(await debianParts(quiet, cache, packages));
    const trial = new FailoverTrial(given, env);
    trial.#ports = { redis: await freePort(), sentinel: await freePort() };
    trial.port = await freePort();
    for (const host of hosts) {
      trial.#room(host);
      trial.server(host);
      trial.#run(`sentinel ${host}`, startSentinel, host);
    }
    await trial.#proxy();
    return trial;
  }

  /** As a kubelet does it. */
  server(host: string): void {
    this.#run(`server ${host}`, startServer, host);
  }

  /** The primary, as Sentinel has it. */
  async primary(): Promise<string> {
    for (let tries = 0; tries < 600; tries++) {
      for (const host of hosts) {
        const said = await this.ask(host, this.#ports.sentinel, "SENTINEL", "get-master-addr-by-name", "main");
        if (hosts.includes(said.split("\n")[0]!)) return said.split("\n")[0]!;
      }
      await sleep(50);
    }
    throw new Error("no Sentinel answers");
  }

  /** kill -9 of the primary, which starts again so much later. */
  async killPrimary(awaySeconds: number): Promise<void> {
    const host = await this.primary();
    const killed = this.#processes.get(`server ${host}`)!;
    const ended = once(killed, "exit");
    killed.kill("SIGKILL");
    await ended;
    setTimeout(() => this.server(host), 1000 * awaySeconds);
  }

  /** Whether every server is there, and two of them are replicas that follow. */
  async whole(): Promise<boolean> {
    const said = await Promise.all(hosts.map((host) => this.ask(host, this.#ports.redis, "INFO", "replication")));
    const count = (pattern: RegExp) => said.filter((text) => pattern.test(text)).length;
    return count(/role:master/) === 1 && count(/role:slave[\s\S]*master_link_status:up/) === 2;
  }

  async ask(host: string, port: number, ...words: string[]): Promise<string> {
    const env = { ...this.#env, REDISCLI_AUTH: this.#given.admin };
    const user = port === this.#ports.redis ? ["--user", "admin"] : [];
    const args = ["-h", host, "-p", String(port), ...user, "--no-auth-warning", "--raw", ...words];
    return promisify(execFile)("redis-cli", args, { env, timeout: 3000 }).then(
      ({ stdout }) => stdout.trim(),
      () => "",
    );
  }

  async stop(): Promise<void> {
    for (const child of this.#processes.values()) child.kill("SIGKILL");
    await sleep(100);
  }

  #room(host: string): void {
    mkdirSync(join(this.#folder, host, "data"), { recursive: true });
    mkdirSync(join(this.#folder, host, "tmp"));
    const own = this.#own(this.#given.settings, host)
      .replace(/^bind .*$/m, `bind ${host}`)
      .replace(/^port .*$/m, `port ${this.#ports.redis}`);
    writeFileSync(join(this.#folder, host, "redis.conf"), own, { mode: 0o600 });
  }

  #own(text: string, host: string): string {
    const folder = join(this.#folder, host);
    return text
      .replaceAll(settingsFolder, folder)
      .replaceAll("/data", `${folder}/data`)
      .replaceAll("/tmp/primary", `${folder}/tmp/primary-$$`)
      .replaceAll(String(sentinelPort), String(this.#ports.sentinel))
      .replaceAll("bind * -::*", `bind ${host}`);
  }

  #run(name: string, script: string, host: string): void {
    const env = {
      ...this.#env,
      ADMIN_PASSWORD: this.#given.admin,
      ME: host,
      SERVERS: hosts.join(" "),
      PORT: String(this.#ports.redis),
    };
    const command = ["--pdeathsig", "KILL", "sh", "-euc", this.#own(script, host)];
    this.#processes.set(name, spawn("setpriv", command, { env, stdio: "ignore" }));
  }

  async #proxy(): Promise<void> {
    const servers = hosts.map((host) => `${host}:${this.#ports.redis}`);
    const conf = haproxyConf(servers, this.#given.prober, `127.0.0.1:${this.port}`);
    const file = join(this.#folder, "haproxy.cfg");
    writeFileSync(file, conf.replace(/bind :\d+$/m, `bind 127.0.0.1:${await freePort()}`), { mode: 0o600 });
    await promisify(execFile)("haproxy", ["-c", "-f", file], { env: this.#env });
    const args = ["--pdeathsig", "KILL", "haproxy", "-db", "-f", file];
    this.#processes.set("proxy", spawn("setpriv", args, { env: this.#env, stdio: "ignore" }));
  }
}
