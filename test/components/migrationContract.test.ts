import assert from "node:assert/strict";
import { refuseServed } from "../../components/migration/contract.ts";
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
