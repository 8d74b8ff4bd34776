import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { drillRecord } from "../../core/records/drillRecord.ts";
import { openClone } from "../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../local/debian.ts";
import { mongo } from "../../local/images/mongo/recipe.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { keys, startStore } from "./backup/store.ts";
import { eventually } from "./eventually.ts";
import { made } from "./images/made.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import { login, startServers } from "./mongo/servers.ts";
import type { Knobs } from "./mongo/system.ts";

const documents = 20_000;

describeOnNode("backups of a MongoDB on a node, by its own tools, with FerretDB in its place", function (machine) {
  this.timeout("15m");
  const trial = new AvnirTrial(machine, "pr-36");
  const on = (...args: string[]) => kubectl(machine, ...args, "-n", trial.namespace);
  const { user, password, database } = login;
  const address = (host: string) =>
    `mongodb://${user}:${password}@${host}:27017/${database}?authMechanism=SCRAM-SHA-256&serverSelectionTimeoutMS=5000`;

  const tool = (server: string, script: string): Promise<string> => {
    const told = `printf "uri: '${address("$IP")}'\\n" > /tmp/address; ${script}`;
    return kubectl(machine, "-n", trial.namespace, "exec", server, "--", "sh", "-ec", told);
  };
  const insert = (server: string) =>
    tool(
      server,
      `seq ${documents} | sed 's/.*/{"_id":&,"paid":true}/' | mongoimport --config /tmp/address --collection orders --quiet`,
    );
  const content = (server: string) =>
    tool(server, "mongoexport --config /tmp/address --collection orders --quiet | sort | sha256sum");

  /** Runs a CronJob at once. Returns its log, and whether it completed. */
  const now = async (cronJob: string): Promise<{ done: boolean; log: string }> => {
    const name = `${cronJob}-${randomBytes(3).toString("hex")}`;
    await on("create", "job", `--from=cronjob/${cronJob}`, name);
    const conditions = () => on("get", `job/${name}`, "--output=jsonpath={.status.conditions[*].type}");
    const ended = async () => /Complete|Failed/.exec(await conditions())?.[0];
    const done = (await eventually(ended, 500, 400_000)) === "Complete";
    return { done, log: await on("logs", `job/${name}`) };
  };
  const up = async (hosts: string[]): Promise<void> => {
    for (const [index, host] of hosts.entries()) await trial.set(`mongo:knobs.hosts[${index}]`, host);
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  };
  let hosts: string[];

  before("up, two servers and a store", async () => {
    const { cache } = await openClone();
    const debian = await debianParts({ say: () => {}, progress: () => {} }, cache, mongo.packages);
    const env = { ...process.env, ...debianEnvironment(debian) };
    const { stdout: key } = await promisify(execFile)("age-keygen", [], { env });
    const knobs: Knobs = { recipient: /age1\w+/.exec(key)![0], hosts: [] };
    const image = await made(machine, mongo);
    const config = { "mongo:knobs": knobs, "avnir:images": { mongo: image } };
    await trial.init("dev", { main: join(import.meta.dirname, "mongo/system.ts"), config });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    hosts = await startServers(machine, image, trial.namespace, ["mongo-0", "mongo-1"]);
    const values = {
      ...keys,
      identity: /AGE-SECRET-KEY-\w+/.exec(key)![0],
      "mongo-0": address(hosts[0]!),
      "mongo-1": address(hosts[1]!),
    };
    const literals = Object.entries(values).map(([name, value]) => `--from-literal=${name}=${value}`);
    await on("create", "secret", "generic", "store", ...literals);
    await startStore(machine, image, trial.namespace);
    await insert("mongo-0");
    await up(hosts.slice(0, 1));
  });

  after(() => trial.drop());

  it(`save ${documents} documents, try them on a server of their own, and bring them back on another one [DP-28 DP-29]`, async () => {
    const saved = await now("db-backup");
    assert.ok(saved.done, saved.log);
    assert.match(saved.log, /"mongo":"[^"]+".*"sha256":"[0-9a-f]{64}"/);
    const drilled = await now("db-backup-drill");
    assert.ok(drilled.done, drilled.log);
    const drill = drillRecord.parse(JSON.parse(drilled.log.split("\n")[0]!));
    assert.deepEqual([drill.result, drill.assertions], ["passed", [documents]]);
    await up(hosts);
    assert.equal(await content("mongo-1"), await content("mongo-0"));
  });

  it("leave the last good one where the server is gone", async () => {
    const stored = async () => {
      const all = await kubectl(
        machine,
        ...["-n", trial.namespace, "exec", "store"],
        ...["--", "find", "/data/buckets", "-type", "f"],
      );
      return all
        .split("\n")
        .filter((name) => !name.includes("/drills/"))
        .sort();
    };
    const before = await stored();
    await on("delete", "pod", "mongo-0", "--now");
    const { done, log } = await now("db-backup");
    assert.equal(done, false);
    assert.doesNotMatch(log, new RegExp(password));
    assert.deepEqual(await stored(), before);
  });
});
