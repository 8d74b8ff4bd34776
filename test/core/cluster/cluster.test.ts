import assert from "node:assert/strict";
import { isApiError, Unreachable } from "../../../core/cluster/apiError.ts";
import { Cluster } from "../../../core/cluster/cluster.ts";
import { FakeApi } from "./fakeApi.ts";

describe("the cluster, as a release asks it", () => {
  let api: FakeApi;
  let cluster: Cluster;
  beforeEach(async () => {
    api = await new FakeApi(() => undefined).start();
    cluster = new Cluster({ kubeconfig: api.kubeconfig, context: "fake", namespace: "shop" });
  });
  afterEach(() => api.stop());
  const last = () => api.asked.at(-1)!;

  it("gets one object, or nothing where there is none", async () => {
    assert.equal(await cluster.get("Service", "api"), undefined);
    api.answer = () => ({ body: { metadata: { name: "api" } } });
    assert.equal((await cluster.get("Service", "api"))?.metadata.name, "api");
    assert.equal(last().path, "/api/v1/namespaces/shop/services/api");
  });

  it("lists by labels and fields", async () => {
    api.answer = () => ({ body: { items: [{ metadata: { name: "one" } }] } });
    assert.equal((await cluster.list("Deployment", { app: "api", slot: "a" })).length, 1);
    assert.deepEqual(last().query, { labelSelector: "app=api,slot=a" });
    await cluster.list("Event", {}, { "involvedObject.name": "api-1" });
    assert.deepEqual(last().query, { fieldSelector: "involvedObject.name=api-1" });
  });

  it("applies as a manager, and without force leaves others theirs", async () => {
    api.answer = () => ({ status: 409, body: { reason: "Conflict", message: "conflict with kubectl" } });
    const applied = cluster.apply("ConfigMap", { metadata: { name: "a" }, data: { b: "c" } }, "me");
    await assert.rejects(applied, (error) => isApiError(error, 409));
    const { method, query, body, type } = last();
    assert.deepEqual([method, type], ["PATCH", "application/apply-patch+yaml"]);
    assert.deepEqual(query, { fieldManager: "me", fieldValidation: "Strict", force: "false" });
    assert.deepEqual(body, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { b: "c" } });
  });

  it("patches only what is as it was thought to be", async () => {
    const steps = [{ op: "test", path: "/spec/a", value: 1 } as const];
    api.answer = () => ({ body: {} });
    assert.equal(await cluster.patch("Service", "api", steps, "me"), true);
    api.answer = () => ({ status: 422, body: { reason: "Invalid" } });
    assert.equal(await cluster.patch("Service", "api", steps, "me"), false);
    api.answer = () => ({ status: 403, body: { reason: "Forbidden", message: "you may not" } });
    await assert.rejects(cluster.patch("Service", "api", steps, "me"), /you may not/);
  });

  it("scales, deletes what may be gone, and asks a pod through the API server", async () => {
    api.answer = () => ({ body: {} });
    await cluster.scale("Deployment", "api", 4);
    assert.equal(last().path, "/apis/apps/v1/namespaces/shop/deployments/api/scale");
    assert.deepEqual(last().body, { spec: { replicas: 4 } });
    api.answer = () => undefined;
    await cluster.delete("Deployment", "api");
    assert.equal(last().method, "DELETE");
    api.answer = () => ({ status: 503, body: "not today" });
    const answer = await cluster.askPod("api-1", 3000, "/ready");
    assert.deepEqual(answer, { status: 503, body: "not today" });
    assert.equal(last().path, "/api/v1/namespaces/shop/pods/api-1:3000/proxy/ready");
  });

  it("says which cluster does not answer, and of a kubeconfig what it lacks", async () => {
    const away = api.kubeconfig.replace(/127\.0\.0\.1:\d+/, "127.0.0.1:9");
    const nobody = new Cluster({ kubeconfig: away, context: "fake", namespace: "shop" });
    await assert.rejects(nobody.get("Service", "api"), (error) => error instanceof Unreachable);
    const wrong = () => new Cluster({ kubeconfig: away, context: "other", namespace: "shop" });
    assert.throws(wrong, /has no context "other"; it has: fake/);
  });
});
