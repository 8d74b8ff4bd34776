import { equal, ok } from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { temporaryFolder } from "../../temporary.ts";
import { RedisServer } from "./server.ts";

const image = `registry.example/redis@sha256:${"a".repeat(64)}`;
const jobs = 3000;
const kills = 10;

/** The settings that a queue has, and the password of a user that may use BullMQ's keys alone. */
async function queue(): Promise<{ settings: string; password: string }> {
  const resources = await declared({ stack: "production" }, () => {
    const environment = new palier.Environment("shop");
    new palier.Redis("queue", { environment, image, purpose: "queue", users: { api: { keys: ["bull:*"] } } });
  });
  const data = (name: string) => find(resources, "kubernetes:core/v1:Secret", name).inputs.stringData;
  return {
    settings: data("queue-secret")["redis.conf"],
    password: new URL(data("queue-secret-api").url).password,
  };
}

describe("BullMQ on a queue", function bullmq() {
  this.timeout("5m");
  let folder: string;
  let server: RedisServer;
  let child: ChildProcess | undefined;

  before("npm install", async () => {
    folder = temporaryFolder("bullmq");
    await cp(join(import.meta.dirname, "bullmq"), folder, { recursive: true });
    // Not by a lock file: it names what BullMQ has for other platforms, which not every registry serves.
    const flags = ["--no-package-lock", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"];
    await promisify(execFile)("npm", ["install", ...flags], { cwd: folder });
  });
  after(async () => {
    child?.kill("SIGKILL");
    await server?.kill();
  });

  it(`does each of ${jobs} jobs, while its Redis is killed ${kills} times [YO-09]`, async () => {
    const { settings, password } = await queue();
    server = await (await RedisServer.make(settings)).start();
    const REDIS_URL = `redis://api:${password}@127.0.0.1:${server.port}`;
    const env = { ...process.env, REDIS_URL, JOBS: String(jobs) };
    child = spawn(process.execPath, ["jobs.mjs"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
    const lines: string[] = [];
    createInterface(child.stdout!).on("line", (line) => lines.push(line));
    const ended = once(child, "exit");
    while (lines.length === 0) await sleep(50);
    const times: number[] = [];
    for (let kill = 0; kill < kills; kill++) {
      await sleep(300);
      const since = Date.now();
      await server.kill();
      await server.start();
      times.push(Date.now() - since);
    }
    ok(JSON.parse(lines.at(-1)!).given < jobs - 1, "all jobs were given before the last kill; give more");
    await ended;
    const { given, done, twice, counts } = JSON.parse(lines.at(-1)!);
    equal(done, given);
    equal(counts.waiting + counts.active + counts.failed + counts.delayed, 0);
    console.log(
      `      ${given} given, ${done} done, ${twice} of them twice; back after ${Math.max(...times)} ms at most`,
    );
  });
});
