import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import * as palier from "../../../index.ts";
import { declared, find } from "../../declared.ts";
import { temporaryFolder } from "../../temporary.ts";
import { StandIn } from "./standIn.ts";

const run = promisify(execFile);
const image = `registry.example/api@sha256:${"a".repeat(64)}`;

/** What an app is given, with the values of the Secrets that hold them: the Secret itself is somebody else's. */
async function given(secrets: Record<string, string>): Promise<Record<string, string>> {
  const resources = await declared({ stack: "production" }, () => {
    const environment = new palier.Environment("shop");
    const address = { name: "mongo", key: "address" };
    const db = new palier.Mongo("db", { environment, host: "db.mongo.example", address });
    new palier.App("api", { environment, image, links: { DATABASE_URL: db.link } });
  });
  const { env } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec.containers[0];
  const taken = env.filter((one: { name: string }) => one.name === "DATABASE_URL");
  return Object.fromEntries(
    taken.map(({ name, valueFrom }: { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }) => [
      name,
      secrets[`${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`],
    ]),
  );
}

describe("MongoDB's own driver, with what a link gives, on FerretDB in MongoDB's place", function driver() {
  this.timeout("15m");
  const server = new StandIn();
  let folder: string;

  before("npm install", async () => {
    folder = temporaryFolder("mongo-driver");
    await cp(join(import.meta.dirname, "driver"), folder, { recursive: true });
    // Not by a lock file: it names what the driver has for other platforms, which not every registry serves.
    const flags = ["--no-package-lock", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", ...flags], { cwd: folder });
    await server.start();
  });
  after(() => server.stop());

  const used = async (password: string) => {
    const credentials = `${server.user}:${encodeURIComponent(password)}`;
    const address = `mongodb://${credentials}@127.0.0.1:${server.port}/${server.database}?authMechanism=SCRAM-SHA-256`;
    const env = { ...process.env, ...(await given({ "mongo/address": address })) };
    return JSON.parse((await run(process.execPath, ["use.mjs"], { cwd: folder, env })).stdout);
  };

  it("writes and reads in the database of the address, of a protocol of 6 or later [DP-22]", async () => {
    const { version, standIn, ...found } = await used(server.password);
    ok(standIn, "it says that it is FerretDB");
    ok(Number.parseInt(version, 10) >= 6, version);
    deepEqual(found, { database: "shop", dear: 50, cents: 1 });
  });

  it("is let in by no other password, and shows neither", async () => {
    const { refused } = await used("another");
    match(refused, /Authentication failed/);
    equal(refused.includes(server.password), false);
  });
});
