import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseRecordFile } from "../../../core/records/recordFolder.ts";
import { writeRecord } from "../../../core/records/writeRecord.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";
import { temporaryFolder } from "../../temporary.ts";

const program = join(import.meta.dirname, "../../../cli/palier.ts");
const [old, now] = ["a1b2c3d4", "b2c3d4e5"].map((eight) => `registry.example/api@sha256:${eight.repeat(8)}`) as [
  string,
  string,
];
const at = "2026-11-22T05:00:00.000Z";

describe("palier status, palier rollback", function () {
  this.timeout(60_000);
  let api: FakeApi;
  let folder: string;
  let selected: string;
  let history: object[];
  let target: string;
  let next: object;
  /** What a route leads to, where one does. */
  let backendRefs: object[] | undefined;
  /** What other engines have of apps. */
  let rollout: object | undefined;
  let canary: object | undefined;
  let variables: Record<string, string>;

  beforeEach(async () => {
    selected = "b2c3d4e5";
    [target, backendRefs, next] = ["b2c3d4e5", undefined, {}];
    [rollout, canary] = [undefined, undefined];
    variables = { PALIER_RECORDS: "" };
    history = [
      { release: "a1b2c3d4", image: old, at },
      { release: "b2c3d4e5", image: now, at },
    ];
    api = await new FakeApi(({ path }) => answer(path.split("/").at(-1)!)).start();
    folder = temporaryFolder("releases");
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "kubeconfig"), api.kubeconfig);
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    configure({ "shop:images": { api: now } });
    writeFileSync(join(folder, "bin", "pulumi"), `#!/bin/sh\necho "$@" >> ${folder}/ran\n`);
    chmodSync(join(folder, "bin", "pulumi"), 0o755);
  });
  afterEach(() => api.stop());

  function configure(more: object): void {
    const config = { "palier:context": "fake", "palier:kubeconfig": join(folder, "kubeconfig"), ...more };
    writeFileSync(join(folder, "Pulumi.staging.yaml"), JSON.stringify({ config }));
  }

  /** No cluster has Traefik's kinds here, and not every one has routes. */
  function answer(kind: string) {
    if (kind === "rollouts") return rollout && { body: { items: [rollout] } };
    if (kind === "canaries") return canary && { body: { items: [canary] } };
    const isThere = kind !== "traefikservices" && (kind !== "httproutes" || backendRefs);
    return isThere ? { body: { items: items(kind) } } : undefined;
  }

  function items(kind: string): object[] {
    const labels = { "app.kubernetes.io/name": "api" };
    const annotations = { "palier.dev/image": now, "palier.dev/release": "b2c3d4e5" };
    const slot = (name: string) => ({ "palier.dev/slot": name });
    if (kind === "services")
      return [{ metadata: { name: "api", labels, annotations }, spec: { selector: slot(selected) } }];
    if (kind === "deployments") {
      const spec = { replicas: 2, selector: { matchLabels: slot("b2c3d4e5") } };
      return [{ metadata: { name: "api-b2c3d4e5", labels }, spec, status: { availableReplicas: 2 } }];
    }
    if (kind === "httproutes") return [{ metadata: { name: "api-edge", labels }, spec: { rules: [{ backendRefs }] } }];
    return [
      { metadata: { name: "api-release", labels }, data: { target, ...next } },
      { metadata: { name: "api-releases", labels, annotations }, data: { history: JSON.stringify(history) } },
    ];
  }

  async function run(...args: string[]): Promise<{ code: number; output: string }> {
    const env = { ...process.env, ...variables, PATH: `${join(folder, "bin")}:${process.env["PATH"]}` };
    const child = spawn(process.execPath, [program, ...args, "--project", folder], { env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    const code = await new Promise<number>((done) => child.once("close", (code) => done(code ?? -1)));
    return { code, output };
  }
  const ran = () =>
    existsSync(join(folder, "ran")) ? readFileSync(join(folder, "ran"), "utf8").trim().split("\n") : [];

  it("tells which release serves, since when, and that nothing is in flight [MQ-48]", async () => {
    const { code, output } = await run("status", "staging");
    equal(code, 0, output);
    match(output, /^api +b2c3d4e5 +2026-11-22T05:00:00\.000Z +registry\S+ +nothing$/m);
    const { output: json } = await run("status", "staging", "--json");
    deepEqual(JSON.parse(json)[0].good, history);
  });

  const byAnn = { version: 1, system: "shop", image: "registry.example/api", digest: now.split("@")[1] };
  const approvals = ["ann", "bob"].map((by) => ({ by, at }));

  it("tells who approved what serves, where records are kept", async () => {
    const records = join(folder, "records");
    configure({ "shop:images": { api: now }, "palier:records": records });
    const row = (by: string) => new RegExp(`^api +b2c3d4e5 +\\S+ +registry\\S+ +${by} +nothing$`, "m");
    const inJson = async () => JSON.parse((await run("status", "staging", "--json")).output);
    match((await run("status", "staging")).output, row("no record"));
    equal("approvedBy" in (await inJson())[0], false);
    const file = releaseRecordFile(records, "shop", byAnn.digest!);
    writeRecord(file, { ...byAnn, approvals });
    const { code, output } = await run("status", "staging");
    equal(code, 0, output);
    match(output, /^app +serves +since +image +approved by +in flight$/m);
    match(output, row("ann, bob"));
    rollout = byArgo("Healthy", "");
    match(
      (await run("status", "staging")).output,
      /^web: Argo Rollouts says Healthy.*; approved by ann, bob; ask it by/m,
    );
    deepEqual(
      (await inJson()).map((app: { approvedBy?: string[] }) => app.approvedBy),
      [
        ["ann", "bob"],
        ["ann", "bob"],
      ],
    );
    rollout = byArgo("Progressing", "");
    doesNotMatch((await run("status", "staging")).output, /web: .*approved/, "it does not serve alone yet");
    writeRecord(file, byAnn);
    match((await run("status", "staging")).output, row("nobody"));
    deepEqual((await inJson())[0].approvedBy, []);
    writeRecord(file, { ...byAnn, approvals: "ann" });
    match((await run("status", "staging")).output, row("unusable record"));
  });

  it("says nothing of approvals where no records are named, and takes $PALIER_RECORDS", async () => {
    const without = await run("status", "staging");
    match(without.output, /^app +serves +since +image +in flight$/m);
    equal("approvedBy" in JSON.parse((await run("status", "staging", "--json")).output)[0], false);
    variables = { PALIER_RECORDS: join(folder, "records") };
    writeRecord(releaseRecordFile(join(folder, "records"), "shop", byAnn.digest!), { ...byAnn, approvals });
    match((await run("status", "staging")).output, /registry\S+ +ann, bob +nothing$/m);
  });

  it("tells what is on trial or was cut off, by its exit code too", async () => {
    selected = "c3d4e5f6";
    const { code, output } = await run("status", "staging");
    equal(code, 1, output);
    match(output, /c3d4e5f6 has the traffic, and b2c3d4e5 is what counts/);
  });

  it("tells a canary's share while it is tried", async () => {
    target = "c3d4e5f6";
    backendRefs = [
      { name: "api-b2c3d4e5", weight: 90 },
      { name: "api-c3d4e5f6", weight: 10 },
    ];
    const { code, output } = await run("status", "staging");
    equal(code, 1, output);
    match(output, /c3d4e5f6: not made yet, 10 % of the requests/);
    backendRefs = [{ name: "api-b2c3d4e5", weight: 100 }];
    match((await run("status", "staging")).output, /c3d4e5f6: not made yet, no traffic/);
  });

  it("tells of a canary that waits for a human at its share, or has lost it", async () => {
    next = { next: "c3d4e5f6", share: "10" };
    backendRefs = [
      { name: "api-b2c3d4e5", weight: 90 },
      { name: "api-c3d4e5f6", weight: 10 },
    ];
    const { code, output } = await run("status", "staging");
    equal(code, 1, output);
    match(output, /c3d4e5f6: not made yet, 10 % of the requests, waits for the next phase/);
    backendRefs = [{ name: "api-b2c3d4e5", weight: 100 }];
    match(
      (await run("status", "staging")).output,
      /0 % of the requests, not the 10 % of its phase: on trial, or taken back/,
    );
  });

  const byArgo = (phase: string, message: string) => ({
    metadata: { name: "web", generation: 3 },
    spec: { template: { spec: { containers: [{ image: now }] } }, strategy: { canary: { steps: [{}, {}, {}] } } },
    status: { phase, message, observedGeneration: "3", currentStepIndex: 1 },
  });

  it("tells of an app that another engine releases what that says, and whom to ask", async () => {
    rollout = byArgo("Healthy", "");
    canary = { metadata: { name: "shown" }, status: { phase: "Succeeded" } };
    const { code, output } = await run("status", "staging");
    equal(code, 0, output);
    match(
      output,
      /^web: Argo Rollouts says Healthy.*; ask it by kubectl argo rollouts get rollout web -n shop-staging$/m,
    );
    match(output, /^shown: Flagger says Succeeded; ask it by kubectl describe canary shown -n shop-staging$/m);
    rollout = byArgo("Degraded", "RolloutAborted");
    const degraded = await run("status", "staging");
    equal(degraded.code, 1, degraded.output);
    match(degraded.output, /web: Argo Rollouts says Degraded \(RolloutAborted/);
    const told = JSON.parse((await run("status", "staging", "--json")).output)[2];
    deepEqual([told.app, told.engine, told.phase, told.image], ["web", "argoRollouts", "Degraded", now]);
  });

  it("brings nothing back that another engine has released, and says how that goes", async () => {
    rollout = byArgo("Healthy", "");
    const { code, output } = await run("rollback", "staging", "--app", "web");
    equal(code, 2, output);
    match(output, /web is released by Argo Rollouts, which keeps its own releases: kubectl argo rollouts undo/);
    deepEqual(ran(), []);
    equal((await run("rollback", "staging", "--plan", "--app", "api")).code, 0);
  });

  it("goes back to the release before: its image in the configuration, no migration, and an update [AV-67 MP-125 MQ-50 YO-49]", async () => {
    const { code, output } = await run("rollback", "staging");
    equal(code, 0, output);
    match(output, /api: b2c3d4e5 → a1b2c3d4/);
    deepEqual(ran(), [
      `config set --path shop:images.api ${old} --stack staging`,
      "config set palier:rolledBack a1b2c3d4 --stack staging",
      "up --stack staging --yes --skip-preview --refresh",
    ]);
  });

  it("sets the app's own image where several are the same, and no other", async () => {
    configure({ "shop:images": { jobs: now, api: now, web: now } });
    const { code, output } = await run("rollback", "staging");
    equal(code, 0, output);
    equal(ran()[0], `config set --path shop:images.api ${old} --stack staging`);
    configure({ "shop:images": { server: now, other: old } });
    match((await run("rollback", "staging", "--plan")).output, /: shop:images\.server$/m);
  });

  it("refuses to guess which of several is the app's, and names them", async () => {
    for (const more of [
      { "shop:images": { jobs: now, web: now } },
      { "shop:jobs": now, "shop:images": { web: now } },
      { "shop:api": now, "shop:images": { api: now } },
    ]) {
      configure(more);
      for (const args of [["rollback"], ["drill", "rollback"]]) {
        const { code, output } = await run(...args, "staging");
        equal(code, 2, output);
        match(output, /Pulumi\.staging\.yaml names registry\S+ at shop:\S+, shop:images\.\w+, and none of them alone/);
      }
    }
    configure({ "shop:images": { api: old } });
    match((await run("rollback", "staging")).output, /names registry\S+ nowhere/);
    deepEqual(ran(), []);
  });

  it("says who holds the stack, and since when, where somebody else releases meanwhile", async () => {
    const lock = "file:///x/1.json: created by ann@ci-7 (pid 123) at 2026-11-22T05:00:00Z";
    const said = `error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end.\\n  ${lock}`;
    const pulumi = `#!/bin/sh\n[ "$1" != up ] || { printf '${said}' >&2; exit 255; }\n`;
    writeFileSync(join(folder, "bin", "pulumi"), pulumi);
    const { code, output } = await run("rollback", "staging");
    equal(code, 255);
    match(
      output,
      /palier: staging is being changed by ann on ci-7 \(process 123\) since 2026-11-22T05:00:00Z.* Nothing was begun/,
    );
  });

  it("only says what it would do where asked for the plan", async () => {
    equal((await run("rollback", "staging", "a1b2c3d4", "--plan")).code, 0);
    deepEqual(ran(), []);
  });

  it("says whether an image that others bring can come back, and does nothing", async () => {
    const older = `registry.example/api@sha256:${"0".repeat(64)}`;
    const other = `registry.example/web@sha256:${"1".repeat(64)}`;
    const check = (...images: string[]) => run("rollback", "staging", ...images.flatMap((one) => ["--check", one]));
    const { code, output } = await check(old, now, other);
    equal(code, 0, output);
    match(output, /a1b2c3d4 can come back: api took nothing away since\n.*\n.*web@sha256:1+ can come back: no app/);
    equal((await check(older)).code, 0);
    history[1] = { ...history[1], contract: true };
    for (const [image, says] of [
      [old, /api: the migration of b2c3d4e5 \(.*\) took away what a1b2c3d4 needs/],
      [older, /took away what registry\.example\/api@sha256:0+ needs/],
      ["registry.example/api:1", /--check "registry\.example\/api:1" is no reference with its digest/],
    ] as const) {
      const refused = await check(now, image);
      equal(refused.code, 2);
      match(refused.output, says);
    }
    equal((await check(now, other)).code, 0);
    match((await run("rollback", "staging", "a1b2c3d4", "--check", old)).output, /--check goes alone/);
    deepEqual(ran(), []);
  });

  it("refuses what can't come back, before anything is done", async () => {
    match((await run("rollback", "staging", "zzz")).output, /no good release is "zzz"; there are a1b2c3d4, b2c3d4e5/);
    history[1] = { ...history[1], contract: true };
    const { code, output } = await run("rollback", "staging");
    equal(code, 2);
    match(output, /took away what a1b2c3d4 needs/);
    deepEqual(ran(), []);
  });

  it("refuses what it can't find, by its name, without a stack trace", async () => {
    const cases: [string[], RegExp][] = [
      [["status"], /name one STACK/],
      [["status", "nowhere"], /Pulumi\.nowhere\.yaml is not there/],
      [["status", "staging", "--context", "other"], /has no context "other"; it has: fake/],
      [["rollback", "staging", "--app", "web"], /no app "web" .* there are: api/],
    ];
    for (const [args, says] of cases) {
      const { code, output } = await run(...args);
      equal(code, 2, output);
      match(output, says);
      equal(/^ +at /m.test(output), false);
    }
  });
});
