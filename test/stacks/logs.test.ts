import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import { contractOf } from "../../stacks/application/contracts.ts";
import { temporaryFolder } from "../temporary.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const trace = "4bf92f3577b34da6a3ce929d0e0e4736";

/** Asks the application's own server what users ask: an answer, what is not there, what fails, and a secret that slips in. */
const asks = `
import { configuration } from "./configuration.ts";
import { createLog } from "./log.ts";
import { createServer } from "./server.ts";
const config = configuration(process.env);
const log = createLog(config);
const server = createServer(config, log, { ready: true, ending: false }, {});
server.get("/api/fails", async () => { throw Object.assign(new Error("away"), { code: "ECONNREFUSED" }); });
log.info({ metadata: { port: 3000 } }, "started");
const headers = { traceparent: "00-${trace}-00f067aa0ba902b7-01" };
for (const url of ["/live", "/api/nowhere", "/api/fails?token=zQ7"]) await server.inject({ url, headers });
await server.inject({ method: "POST", url: "/api/health" });
log.warn({ password: "zQ7", metadata: { token: "zQ7" } }, "a secret that slipped in");
`;

/** What a system's own variables must look like. */
const values: Record<string, string> = {
  API_PORT: "3000",
  API_URL: "http://api:3000",
  CORS_ALLOW_ORIGINS: "https://shop.example",
  DATABASE_URL: "postgres://db/shop",
  DB_POOL_SIZE: "5",
  REDIS_URL: "redis://queue",
  SESSION_REDIS_URL: "redis://sessions",
};

type Line = Record<string, unknown>;

const systems: Record<string, string> = {
  avnir: "AV-54",
  mecapy: "MP-102 MP-103",
  debrouillepro: "DP-73 DP-74",
  mapquiz: "MQ-72",
  yonima: "",
};

describe("the log lines of the application under test", function logs() {
  this.timeout("5m");
  let folder: string;

  before("npm ci", async () => {
    folder = temporaryFolder("application");
    await cp(join(root, "stacks/application"), folder, { recursive: true });
    await run("npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
    await writeFile(join(folder, "asks.ts"), asks);
  });

  const told = new Map<string, Promise<Line[]>>();

  function lines(system: string): Promise<Line[]> {
    const known = told.get(system) ?? asked(system);
    told.set(system, known);
    return known;
  }

  async function asked(system: string): Promise<Line[]> {
    const { needs } = contractOf(system);
    const usual = Object.fromEntries(needs.map((name) => [name, values[name] ?? "x".repeat(64)]));
    const needed = { ...usual, CONTRACT: system, ENVIRONMENT: "staging", RELEASE: "1.2.3", LOG_LEVEL: "debug" };
    const { stdout } = await run(process.execPath, ["asks.ts"], { cwd: folder, env: { ...process.env, ...needed } });
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  }

  async function errorsOf(system: string, all: readonly Line[]): Promise<string[]> {
    const text = await readFile(join(root, "docs/logs", `${system}.schema.json`), "utf8");
    const ajv = new Ajv2020({ formats: { "date-time": (value: string) => !Number.isNaN(Date.parse(value)) } });
    const validate = ajv.compile(JSON.parse(text));
    return all.flatMap((line) =>
      validate(line) ? [] : [`${JSON.stringify(line)}: ${ajv.errorsText(validate.errors)}`],
    );
  }

  for (const [system, rows] of Object.entries(systems)) {
    it(`have the fields that ${system} names${rows ? ` [${rows}]` : ""}`, async () => {
      const all = await lines(system);
      ok(all.length >= 6);
      deepEqual(await errorsOf(system, all), []);
    });
  }

  it("are joined by the trace that the request came with [DP-73]", async () => {
    const joined = (await lines("debrouillepro")).filter(({ traceId }) => traceId === trace);
    equal(joined.length, 4);
  });

  it("tell of an answer all that MecaPy asks for [MP-102]", async () => {
    const answered = (await lines("mecapy")).filter(({ message }) => message === "answered");
    deepEqual(
      answered.map(({ endpoint, method, status_code }) => [endpoint, method, status_code]),
      [
        ["/live", "GET", 200],
        ["/api/nowhere", "GET", 404],
        ["/api/fails", "GET", 503],
        ["/api/health", "POST", 404],
      ],
    );
  });

  it("hold no secret that somebody logs", async () => {
    for (const schema of ["avnir", "mecapy", "debrouillepro"]) {
      const all = await lines(schema);
      ok(!JSON.stringify(all).includes("zQ7"));
      match(JSON.stringify(all), /a secret that slipped in/);
    }
  });

  it("are seen to be held to the schemas: those of one system are not another's", async () => {
    ok((await errorsOf("mecapy", await lines("avnir"))).length > 0);
    ok((await errorsOf("avnir", await lines("mecapy"))).length > 0);
  });
});
