import { deepEqual, equal, match, ok } from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { drillRollback } from "../../../cli/drill/rollback.ts";
import { changeRecord } from "../../../core/records/changeRecord.ts";
import { readReleaseRecord } from "../../../core/records/recordFolder.ts";
import { rollbackDrill } from "../../../core/records/rollbackDrill.ts";
import { isSignedBy } from "../../../core/records/signature.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";
import { temporaryFolder } from "../../temporary.ts";
import { type Ran, ran } from "../ran.ts";
import { keyFile } from "../record/keyFile.ts";

const imageOf = (release: string) => `registry.example/api@sha256:${release.repeat(8)}`;
const [old, now] = ["a1b2c3d4", "b2c3d4e5"] as const;
const at = "2026-11-22T05:00:00.000Z";

describe("palier drill rollback", function () {
  this.timeout(60_000);
  let api: FakeApi;
  let folder: string;
  let contract: boolean;

  beforeEach(async () => {
    contract = false;
    api = await new FakeApi(({ path }) => ({ body: { items: items(path.split("/").at(-1)!) } })).start();
    folder = temporaryFolder("drill");
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(join(folder, "serves"), imageOf(now));
    pulumi("sleep 0.2");
    for (const stack of ["staging", "production"]) {
      const config = {
        "palier:context": "fake",
        "palier:kubeconfig": join(folder, "kubeconfig"),
        "shop:images": { api: imageOf(now) },
      };
      writeFileSync(join(folder, `Pulumi.${stack}.yaml`), JSON.stringify({ config }));
    }
  });
  afterEach(() => api.stop());

  /** In place of pulumi: an `up` puts up what the configuration names, unless the shell says otherwise. */
  function pulumi(up: string): void {
    const program = join(folder, "bin", "pulumi");
    const does = `config) [ "$3" != --path ] || printf %s "$5" >wanted ;;\nup) if ( ${up} ); then cp wanted serves; else exit 255; fi ;;`;
    writeFileSync(program, `#!/bin/sh\ncd ${folder}; echo "$@" >>asked\ncase "$1" in\n${does}\nesac\n`);
    chmodSync(program, 0o755);
  }

  function items(kind: string): object[] {
    const image = readFileSync(join(folder, "serves"), "utf8");
    const serves = image === imageOf(old) ? old : now;
    const labels = { "app.kubernetes.io/name": "api" };
    const annotations = { "palier.dev/image": image, "palier.dev/release": serves };
    const slot = { "palier.dev/slot": serves };
    const spec = { replicas: 2, selector: { matchLabels: slot } };
    if (kind === "services") return [{ metadata: { name: "api", labels, annotations }, spec: { selector: slot } }];
    if (kind === "deployments") return [{ metadata: { name: "api", labels }, spec, status: { availableReplicas: 2 } }];
    const good = (release: string) => ({ release, image: imageOf(release), at });
    const history = [good(old), { ...good(now), contract }, ...(serves === old ? [good(old)] : [])];
    return [
      { metadata: { name: "api-release", labels }, data: { target: serves } },
      { metadata: { name: "api-releases", labels, annotations }, data: { history: JSON.stringify(history) } },
    ];
  }

  async function run(...args: string[]): Promise<Ran> {
    const { PATH } = process.env;
    process.env["PATH"] = `${join(folder, "bin")}${delimiter}${PATH}`;
    return ran(() => drillRollback([...args, "--project", folder])).finally(() => {
      process.env["PATH"] = PATH;
    });
  }
  const asked = () =>
    existsSync(join(folder, "asked")) ? readFileSync(join(folder, "asked"), "utf8").trim().split("\n") : [];

  it("goes back and forward again, measures both, and leaves what it found [AV-82 AV-92]", async () => {
    const output = join(folder, "drill.json");
    const records = join(folder, "records");
    const { status, stdout, stderr } = await run("staging", "--output", output, "--records", records);
    deepEqual([status, stderr], [0, ""]);
    match(stdout, /^app +back +MTTR s +deploy s +MTTR\/deploy$/m);
    match(stdout, /^api +b2c3d4e5 → a1b2c3d4 +\d+\.\d +\d+\.\d +[\d.]+$/m);
    const up = "up --stack staging --yes --skip-preview --refresh";
    deepEqual(asked(), [
      `config set --path shop:images.api ${imageOf(old)} --stack staging`,
      "config set palier:rolledBack a1b2c3d4 --stack staging",
      up,
      `config set --path shop:images.api ${imageOf(now)} --stack staging`,
      "config rm palier:rolledBack --stack staging",
      up,
    ]);
    const drill = rollbackDrill.parse(JSON.parse(readFileSync(output, "utf8")));
    deepEqual(
      [drill.result, drill.system, drill.environment, drill.from, drill.to],
      ["passed", "shop", "staging", now, old],
    );
    const { rollback } = readReleaseRecord(records, "shop", imageOf(now).split("@")[1]!)!.gates;
    deepEqual(rollback, { result: "passed", at: drill.at, measured: drill.rollbackSeconds });
  });

  it("fails where the way back took longer than it may, with both figures [AV-92 DP-81]", async () => {
    pulumi("sleep 0.4");
    const { status, stderr } = await run("staging", "--most", "0.2");
    equal(status, 1);
    match(stderr, /the drill failed: it took \d\.\d s, and 0\.2 are allowed/);
  });

  it("goes forward again where the way back failed, and says why it failed", async () => {
    pulumi(`grep -q ${now.repeat(8)} wanted`);
    const { status, stderr } = await run("staging");
    equal(status, 1);
    match(stderr, /pulumi ended with 255 on the way to a1b2c3d4/);
    equal(readFileSync(join(folder, "serves"), "utf8"), imageOf(now));
    ok(asked().includes(`config set --path shop:images.api ${imageOf(now)} --stack staging`));
  });

  it("fails where pulumi says that all is well and another release serves", async () => {
    pulumi(`echo ${imageOf(now)} | tr -d '\\n' > wanted`);
    const { status, stderr } = await run("staging");
    equal(status, 1);
    match(stderr, /b2c3d4e5 serves, and a1b2c3d4 should/);
  });

  it("begins nothing that it could not put on a signed record at its end", async () => {
    const { file, publicKey } = keyFile();
    const [image, digest] = imageOf(now).split("@") as [string, string];
    const records = join(folder, "records");
    await changeRecord(
      { folder: records, system: "shop", image, digest, key: readFileSync(file, "utf8") },
      (one) => one,
    );
    const args = ["staging", "--records", records];
    const { status, stderr } = await run(...args);
    equal(status, 2);
    match(stderr, /api@sha256:\w{64}: the record is signed, and can only be changed with its key/);
    match((await run(...args, "--sign", keyFile().file)).stderr, /signed with another key/);
    match((await run(...args, "--sign", "nowhere.pem")).stderr, /--sign "nowhere\.pem" is not there/);
    deepEqual(asked(), []);
    equal((await run(...args, "--sign", file)).status, 0);
    const written = readReleaseRecord(records, "shop", digest)!;
    deepEqual([written.gates.rollback?.result, isSignedBy(written, publicKey)], ["passed", true]);
  });

  it("leaves production alone where nobody asked for it in so many words", async () => {
    const { status, stderr } = await run("production");
    equal(status, 2);
    match(stderr, /production is production: rehearse in staging, or say --production too/);
    deepEqual(asked(), []);
    equal((await run("production", "--production")).status, 0);
  });

  it("refuses what can't be rehearsed, before anything is done", async () => {
    for (const [args, says] of [
      [[], /name one STACK/],
      [["staging", "dev"], /name one STACK/],
      [["staging", "--most", "soon"], /--most "soon"\. Allowed: seconds above 0/],
      [["staging", "--app", "web"], /no app "web"/],
    ] as const) {
      const { status, stderr } = await run(...args);
      equal(status, 2);
      match(stderr, says);
    }
    contract = true;
    match((await run("staging")).stderr, /took away what a1b2c3d4 needs/);
    deepEqual(asked(), []);
  });
});
