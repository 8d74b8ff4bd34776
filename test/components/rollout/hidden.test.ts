import assert from "node:assert/strict";
import { ask } from "../../../components/rollout/ask.ts";
import { troubleOf } from "../../../components/rollout/trouble.ts";
import { Cluster, type Live } from "../../../core/cluster/cluster.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";

const address = "postgres://api:hush%2Fhush@db:5432/shop";
const pod: Live = {
  metadata: { name: "api-1" },
  spec: {
    containers: [{ env: [{ name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: "db-api", key: "url" } } }] }],
  },
  status: { containerStatuses: [{ name: "app", state: { waiting: { reason: "CrashLoopBackOff" } } }] },
};

describe("what a release tells of a pod that is not well", () => {
  let api: FakeApi;
  let cluster: Cluster;
  let mayRead: boolean;
  let answer: { status: number; body: string };
  let event: string;
  let log: string;

  beforeEach(async () => {
    [mayRead, event, log] = [true, "", ""];
    api = await new FakeApi(({ path }) => {
      if (path.endsWith("/events")) return { body: { items: event ? [{ message: event }] : [] } };
      if (path.endsWith("/log")) return { body: log };
      if (path.includes("/proxy/")) return answer;
      if (!path.endsWith("/secrets/db-api")) return undefined;
      const data = { url: Buffer.from(address).toString("base64") };
      return mayRead ? { body: { data } } : { status: 403, body: { message: "you may not" } };
    }).start();
    cluster = new Cluster({ kubeconfig: api.kubeconfig, context: "fake", namespace: "shop" });
  });
  afterEach(() => api.stop());

  async function asked(status: number, body: string): Promise<string> {
    answer = { status, body };
    return (await ask(cluster, pod, 3000, "/health")).problem!;
  }
  const hush = /hush/;
  const unseen = /what it says is not shown, since the values of its Secrets can't be read/;

  it("holds no value of its Secrets where its answer does, also where that is cut or told in another way", async () => {
    assert.equal(
      await asked(500, `connect failed: ${address}, by hush/hush`),
      "pod api-1: /health answered 500: connect failed: [secret], by [secret]",
    );
    assert.match(await asked(500, `${"x".repeat(180)} ${address}`), /x \[secret\]$/);
    assert.match(await asked(500, JSON.stringify({ q: encodeURIComponent(address) })), /"q":"\[secret\]"/);
    const told = await asked(200, JSON.stringify({ status: `no ${address}` }));
    assert.equal(told, 'pod api-1: /health answered 200 with the status "no [secret]"');
    assert.equal(await asked(503, ""), "pod api-1: /health answered 503: nothing");
    assert.equal(await asked(204, ""), undefined);
  });

  it("asks for its Secrets once, however often it answers so", async () => {
    for (let time = 0; time < 3; time++) await asked(500, "broken");
    assert.equal(api.asked.filter(({ path }) => path.includes("/secrets/")).length, 1);
  });

  it("holds none where a probe's warning or its log does", async () => {
    [event, log] = [`Readiness probe failed: ${address}`, `could not reach\n  ${address}\n`];
    const told = await troubleOf(cluster, [pod]);
    assert.match(
      told,
      /waiting: CrashLoopBackOff; Readiness probe failed: \[secret\]; its last words: could not reach \| \[secret\]$/,
    );
  });

  it("shows nothing of what it says where its Secrets can't be read, and why", async () => {
    mayRead = false;
    [event, log] = [`Readiness probe failed: ${address}`, address];
    const all = [
      await asked(500, address),
      await asked(200, `{"status":"${address}"}`),
      await troubleOf(cluster, [pod]),
    ];
    for (const told of all) {
      assert.match(told, unseen);
      assert.doesNotMatch(told, hush);
    }
    assert.match(all[0]!, /^pod api-1: \/health answered 500: /);
    assert.match(all[2]!, /waiting: CrashLoopBackOff/);
    mayRead = true;
    assert.match(await asked(500, "now it is read"), /now it is read/);
  });
});
