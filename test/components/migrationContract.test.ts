import assert from "node:assert/strict";
import { refuseServed } from "../../components/migration/contract.ts";
import { refuseSharers } from "../../components/migration/sharers.ts";
import { Cluster } from "../../core/cluster/cluster.ts";
import { FakeApi } from "../core/cluster/fakeApi.ts";

const image = (letter: string, name = "api") => `registry.example:5000/shop/${name}@sha256:${letter.repeat(64)}`;

describe("a contraction, while pods live", () => {
  let api: FakeApi;
  let pods: object[];
  beforeEach(async () => {
    api = await new FakeApi(() => ({ body: { items: pods } })).start();
  });
  afterEach(() => api.stop());

  const pod = (name: string, image: string, app: string, more: { component?: string; phase?: string } = {}) => ({
    metadata: {
      name,
      labels: { "app.kubernetes.io/name": app, "app.kubernetes.io/component": more.component ?? "app" },
    },
    spec: { containers: [{ image }] },
    status: { phase: more.phase ?? "Running" },
  });
  const check = (...all: object[]) => {
    pods = all;
    const cluster = new Cluster({ context: "fake", kubeconfig: api.kubeconfig, namespace: "shop" });
    return refuseServed(cluster, "api", image("b"));
  };

  it("is refused with the name of one of an older version, a worker's too, and one that ends", async () => {
    const says =
      /pod api-1 runs registry\S+api@sha256:a{64}, and 1 more like it: release \S+@sha256:b{64} without it first/;
    await assert.rejects(check(pod("api-1", image("a"), "api"), pod("api-2", image("a"), "api")), says);
    await assert.rejects(check(pod("mail-1", image("a"), "mail", { component: "worker" })), /pod mail-1 runs/);
    await assert.rejects(
      check(pod("api-1", "registry.example:5000/shop/api:1.2", "api")),
      /pod api-1 runs \S+api:1\.2:/,
    );
    await assert.rejects(check(pod("api-1", image("c", "before"), "api")), /pod api-1 runs \S+before@/);
    await assert.rejects(check(pod("api-3", image("a"), "api", { phase: "Pending" })), /pod api-3 runs/);
  });

  it("is let pass where all are of its own image, have ended, or are of something else", async () => {
    await check();
    await check(
      pod("api-1", image("b"), "api"),
      pod("api-0", image("a"), "api-migrate", { component: "migration", phase: "Succeeded" }),
      pod("db-0", image("d", "postgres"), "db", { component: "postgres" }),
      pod("web-1", image("e", "web"), "web"),
    );
  });
});

describe("a contraction, while pods of others are on the same database", () => {
  let api: FakeApi;
  let pods: object[];
  const secret = (name: string, database?: string) => ({
    metadata: { name, ...(database && { annotations: { "palier.dev/database": database } }) },
  });
  const secrets = [
    secret("api-db", "db/shop"),
    secret("billing-db", "db/shop"),
    secret("web-db", "db/web"),
    secret("key"),
  ];
  beforeEach(async () => {
    api = await new FakeApi(({ path }) => ({ body: { items: path.endsWith("/secrets") ? secrets : pods } })).start();
  });
  afterEach(() => api.stop());

  const pod = (name: string, uses: string, labels: Record<string, string> = {}, phase = "Running") => ({
    metadata: {
      name,
      labels: { "app.kubernetes.io/name": "billing", "app.kubernetes.io/component": "app", ...labels },
    },
    spec: {
      containers: [
        { image: image("e", "billing"), env: [{ name: "A" }, { valueFrom: { secretKeyRef: { name: uses } } }] },
      ],
    },
    status: { phase },
  });
  const check = (needs: number | undefined, ...all: object[]) => {
    pods = all;
    const cluster = new Cluster({ context: "fake", kubeconfig: api.kubeconfig, namespace: "shop" });
    return refuseSharers(cluster, { app: "api", image: image("b"), needs, secrets: ["api-db", "key"] });
  };
  const schema = (number: number) => ({ "palier.dev/schema": String(number) });

  it("is refused with the name of one that says a lower schema, or none, a worker's too", async () => {
    const lower = /pod billing-1 uses db\/shop too and says schema 6: release billing with schema: 7 or more first/;
    await assert.rejects(check(7, pod("billing-1", "billing-db", schema(6))), lower);
    await assert.rejects(
      check(7, pod("billing-1", "billing-db", schema(10)), pod("old", "billing-db")),
      /pod old .*no schema/,
    );
    const worker = { "app.kubernetes.io/component": "worker", ...schema(6) };
    await assert.rejects(check(7, pod("mail-1", "billing-db", worker, "Pending")), /pod mail-1 /);
  });

  it("is refused beside any of them where it does not say which schema it needs", async () => {
    const says = /pod billing-1 uses db\/shop too and says schema 9: give migrate\.needs/;
    await assert.rejects(check(undefined, pod("billing-1", "billing-db", schema(9))), says);
  });

  it("is let pass where they say so, use another database, have ended, or take any schema", async () => {
    await check(7, pod("billing-1", "billing-db", schema(7)), pod("billing-2", "billing-db", schema(10)));
    await check(undefined, pod("web-1", "web-db"), pod("other", "key"), pod("none", "not-there"));
    await check(undefined, pod("billing-0", "billing-db", {}, "Succeeded"));
    await check(undefined, pod("save", "billing-db", { "app.kubernetes.io/component": "backup" }));
  });
});
