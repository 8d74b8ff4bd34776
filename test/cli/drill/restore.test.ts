import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drillRestore } from "../../../cli/drill/restore.ts";
import { changeRecord } from "../../../core/records/changeRecord.ts";
import { readReleaseRecord } from "../../../core/records/recordFolder.ts";
import { isSignedBy } from "../../../core/records/signature.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";
import { temporaryFolder } from "../../temporary.ts";
import { ran } from "../ran.ts";
import { keyFile } from "../record/keyFile.ts";

const digest = `sha256:${"a1b2c3d4".repeat(8)}`;
const image = `registry.example/api@${digest}`;
const record = {
  ...{ version: 1, system: "shop", environment: "staging", server: "db", database: "shop", backup: "20261201T000000Z" },
  ...{ at: "2026-12-01T03:00:00Z", result: "passed", rpoSeconds: 10_800, rtoSeconds: 41, assertions: [20_000] },
};

describe("palier drill restore", function () {
  this.timeout(60_000);
  let api: FakeApi;
  let folder: string;
  let log: string;
  let condition: string | undefined;
  let drills: string[];

  beforeEach(async () => {
    log = `${JSON.stringify(record)}\npalier_drill_passed{} 1\n`;
    condition = "Complete";
    drills = ["db-backup-drill"];
    api = await new FakeApi(({ path, method }) => ({ body: method === "PATCH" ? {} : answer(path) })).start();
    folder = temporaryFolder("drill");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    const config = { "palier:context": "fake", "palier:kubeconfig": join(folder, "kubeconfig") };
    for (const stack of ["staging", "production"])
      writeFileSync(join(folder, `Pulumi.${stack}.yaml`), JSON.stringify({ config }));
  });
  afterEach(() => api.stop());

  function answer(path: string) {
    if (path.endsWith("/log")) return log;
    if (path.endsWith("/cronjobs"))
      return { items: [cronJob("db-backup"), ...drills.map((name) => cronJob(name, "db"))] };
    if (path.endsWith("/pods")) return { items: [{ metadata: { name: "drill-1" } }] };
    if (/\/jobs\/./.test(path))
      return { status: { conditions: condition ? [{ type: condition, status: "True" }] : [] } };
    const metadata = { name: "api-releases", labels: { "app.kubernetes.io/name": "api" } };
    const annotations = { "palier.dev/image": image };
    return { items: path.endsWith("/configmaps") ? [{ metadata: { ...metadata, annotations }, data: {} }] : [] };
  }

  function cronJob(name: string, server?: string) {
    const labels = server ? { "palier.dev/restore-of": server } : {};
    return { metadata: { name, labels }, spec: { jobTemplate: { spec: { template: { spec: { containers: [] } } } } } };
  }

  const run = (...args: string[]) => ran(() => drillRestore([...args, "--project", folder], 5));
  const jobs = () => api.asked.filter(({ method }) => method === "PATCH");

  it("runs the drill at once, says RPO and RTO, and writes it down [DP-81 MP-145]", async () => {
    const output = join(folder, "drill.json");
    const { status, stdout, stderr } = await run("staging", "--output", output, "--records", join(folder, "records"));
    deepEqual([status, stderr], [0, ""]);
    match(stdout, /^db-backup-drill: the Job db-backup-drill-now-[0-9a-f]{6} runs$/m);
    match(stdout, /^db-backup-drill +passed +10800 +41 +20261201T000000Z$/m);
    equal(jobs().length, 1);
    match(jobs()[0]!.path, /\/namespaces\/shop-staging\/jobs\/db-backup-drill-now-/);
    deepEqual(JSON.parse(readFileSync(output, "utf8")), record);
    const { backup } = readReleaseRecord(join(folder, "records"), "shop", digest)!.gates;
    deepEqual(backup, { result: "passed", at: record.at });
  });

  it("fails where one does not hold, tells no record, or does not end", async () => {
    log = JSON.stringify({ ...record, result: "failed", reason: "1 of 1 assertions do not hold" });
    condition = "Failed";
    const failed = await run("staging");
    equal(failed.status, 1);
    match(failed.stdout, /^db-backup-drill +failed +10800 +41/m);
    match(failed.stderr, /db-backup-drill failed: 1 of 1 assertions do not hold/);
    log = "the store is away\n";
    match((await run("staging")).stderr, /it told no record: the store is away/);
    condition = undefined;
    match((await run("staging", "--minutes", "0.001")).stderr, /has not ended after 0\.06 s/);
  });

  it("runs none that it could not put on a signed record at its end", async () => {
    const { file, publicKey } = keyFile();
    const records = join(folder, "records");
    const place = { folder: records, system: "shop", image: "registry.example/api", digest };
    await changeRecord({ ...place, key: readFileSync(file, "utf8") }, (one) => one);
    const { status, stderr } = await run("staging", "--records", records);
    equal(status, 2);
    match(stderr, /the record is signed, and can only be changed with its key/);
    match((await run("staging", "--records", records, "--sign", keyFile().file)).stderr, /signed with another key/);
    deepEqual(jobs(), []);
    equal((await run("staging", "--records", records, "--sign", file)).status, 0);
    const written = readReleaseRecord(records, "shop", digest)!;
    deepEqual([written.gates.backup?.result, isSignedBy(written, publicKey)], ["passed", true]);
  });

  it("leaves production alone where nobody asked for it in so many words", async () => {
    match((await run("production")).stderr, /production is production: rehearse in staging, or say --production too/);
    deepEqual(jobs(), []);
    equal((await run("production", "--production")).status, 0);
  });

  it("refuses what can't be read, or is not there", async () => {
    for (const [args, says] of [
      [[], /name one STACK/],
      [["staging", "--minutes", "soon"], /--minutes "soon"\. Allowed: above 0, to 1440/],
      [["staging", "--drill", "other"], /shop-staging has no drill "other"; there are: db-backup-drill/],
      [["nowhere"], /Pulumi\.nowhere\.yaml is not there/],
    ] as const) {
      const { status, stderr } = await run(...args);
      equal(status, 2);
      match(stderr, says);
    }
    drills = [];
    match((await run("staging")).stderr, /has no drill; there are: none\. See drill of Backup/);
    deepEqual(jobs(), []);
  });
});
