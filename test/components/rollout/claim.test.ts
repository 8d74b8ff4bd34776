import assert from "node:assert/strict";
import { Claim } from "../../../components/rollout/claim.ts";
import { type Releaser, thisReleaser } from "../../../components/rollout/releaser.ts";
import { Cluster } from "../../../core/cluster/cluster.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";

const key = "palier.dev/holder";
const pace = { everyMs: 40, silentMs: 400, lookMs: 60 };
const away: Releaser = {
  who: "ann on ci-7 (process 12)",
  place: "ci-7 ",
  processes: [12, 1],
  since: "2026-11-22T10:00:00Z",
};
/** A process that has ended: none has so high a number. */
const ended = 0x7ffffff0;

describe("who releases an app", () => {
  let api: FakeApi;
  let cluster: Cluster;
  let annotations: Record<string, string> | undefined;
  let version: number;
  const claims: Claim[] = [];

  beforeEach(async () => {
    [annotations, version] = [undefined, 1];
    api = await new FakeApi(({ method, path, body }) => {
      if (!path.endsWith("/configmaps/api-release")) return undefined;
      if (method === "PATCH" && !patched(body as Step[])) return { status: 422, body: {} };
      return { body: { metadata: { name: "api-release", resourceVersion: String(version), annotations } } };
    }).start();
    cluster = new Cluster({ context: "fake", kubeconfig: api.kubeconfig, namespace: "shop" });
  });
  afterEach(async () => {
    for (const claim of claims.splice(0)) await claim.free();
    api.stop();
  });

  interface Step {
    op: string;
    path: string;
    value: string;
  }

  function patched([test, change]: Step[]): boolean {
    const is = test!.path.endsWith("resourceVersion") ? String(version) : annotations?.[key];
    if (test!.value !== is) return false;
    version++;
    if (change!.op === "remove") annotations = {};
    else annotations = change!.path === "/metadata/annotations" ? (change!.value as never) : { [key]: change!.value };
    return true;
  }

  function claim(own?: Releaser, silentMs = pace.silentMs): Claim {
    const made = new Claim(cluster, "api", own, { ...pace, silentMs });
    claims.push(made);
    return made;
  }
  const holder = () => JSON.parse(annotations?.[key] ?? "{}");
  const here = (more: Partial<Releaser>): Releaser => ({ ...thisReleaser({}), ...more });

  it("says so on its record, again and again, until it is done", async () => {
    const own = claim();
    await own.take();
    assert.match(holder().who, /^\S+ on \S+ \(process \d+\)$/);
    const before = holder().times;
    while (holder().times <= before) await new Promise((done) => setTimeout(done, pace.everyMs));
    await own.take();
    await own.free();
    assert.deepEqual(annotations, {});
  });

  it("is taken back also while it is just being said once more, and may be said again after that", async () => {
    const own = new Claim(cluster, "api", here({}), { ...pace, everyMs: 1 });
    for (let time = 0; time < 20; time++) {
      await own.take();
      await new Promise((done) => setTimeout(done, 1 + (time % 5)));
      await own.free();
      assert.deepEqual(annotations, {});
    }
  });

  it("is named to whoever comes second, and since when; that one holds nothing", async () => {
    await claim(away).take();
    const says =
      /^api: ann on ci-7 \(process 12\) is releasing it since 2026-11-22T10:00:00Z, .* nothing of its traffic was touched/;
    await assert.rejects(claim().take(), { message: says });
    assert.equal(holder().who, away.who);
  });

  it("is waited for where its machine may be gone, and no longer than that", async () => {
    annotations = { [key]: JSON.stringify({ ...away, times: 3 }) };
    const since = performance.now();
    await claim().take();
    assert.ok(performance.now() - since >= pace.silentMs);
    assert.notEqual(holder().who, away.who);
  });

  it("is not waited for where its process has ended here, or what has started it", async () => {
    for (const processes of [
      [ended, process.ppid],
      [process.pid, ended],
    ]) {
      annotations = { [key]: JSON.stringify({ ...here({ processes }), times: 3 }) };
      await claim(here({}), 600_000).take();
      assert.deepEqual(holder().processes, here({}).processes, String(processes));
      await claims.pop()!.free();
    }
  });

  it("is one of two that come at once", async () => {
    const both = await Promise.allSettled([claim(away).take(), claim(here({ who: "bob" })).take()]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  });

  it("is nobody where there is no record yet, or what stands there is not ours", async () => {
    annotations = { [key]: "somebody" };
    await claim().take();
    assert.ok(holder().who);
    api.answer = () => undefined;
    await claim(away).take();
  });

  it("is a pipeline's job by its address, where it runs in one", () => {
    const github = { GITHUB_SERVER_URL: "https://github.com", GITHUB_REPOSITORY: "a/b", GITHUB_RUN_ID: "7" };
    assert.equal(thisReleaser(github).who, "https://github.com/a/b/actions/runs/7");
    assert.equal(
      thisReleaser({ CI_JOB_URL: "https://gitlab.example/a/-/jobs/7" }).who,
      "https://gitlab.example/a/-/jobs/7",
    );
    assert.equal(thisReleaser({ BUILD_URL: "https://jenkins.example/job/7/" }).who, "https://jenkins.example/job/7/");
  });
});
