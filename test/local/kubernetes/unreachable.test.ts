import assert from "node:assert/strict";
import { EngineLog } from "../../../local/grpc/engine-log.ts";
import type { PropertyMap } from "../../../local/grpc/values.ts";
import { kubernetesProvider } from "../../../local/plugins/kubernetes/provider.ts";
import { DrivenResource } from "../../node/driven-resource.ts";

const kubeconfig = JSON.stringify({
  clusters: [{ name: "c", cluster: { server: "http://127.0.0.1:9" } }],
  contexts: [{ name: "c", context: { cluster: "c" } }],
  "current-context": "c",
});
const map = (a: string) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "gone" }, data: { a } });

/** A ConfigMap that was made while there still was a cluster. */
function made(config: PropertyMap): DrivenResource {
  const provider = kubernetesProvider("0.0.0");
  provider.configure!({ kubeconfig, ...config }, new EngineLog());
  const driven = new DrivenResource(provider, "kubernetes:core/v1:ConfigMap", "gone");
  return Object.assign(driven, { id: "default/gone", inputs: map("1"), outputs: { ...map("1"), __inputs: map("1") } });
}

describe("kubernetes stand-in: a cluster that does not answer", () => {
  it("is an error of refresh, update and delete, which say what to do", async () => {
    await assert.rejects(made({}).read(), /cluster is unreachable: .*PULUMI_K8S_DELETE_UNREACHABLE/);
    await assert.rejects(made({}).delete(), /cluster is unreachable: .*PULUMI_K8S_DELETE_UNREACHABLE/);
    await assert.rejects(made({}).update(map("2")), /cluster is unreachable/);
  });

  it("is forgotten with deleteUnreachable", async () => {
    assert.equal(await made({ deleteUnreachable: "true" }).read(), undefined);
    await made({ deleteUnreachable: "true" }).delete();
  });

  it("is left as it was with skipUpdateUnreachable, whatever the program says", async () => {
    const driven = made({ skipUpdateUnreachable: "true" });
    assert.deepEqual((await driven.read())?.outputs, driven.outputs);
    assert.deepEqual(await driven.check(map("2"), driven.inputs), driven.inputs);
    assert.equal((await driven.diff(map("2"))).changes, false);
  });
});
