import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";
import { schemaErrors } from "../fuzz/kubernetesSchema.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const afterRelease = {
  "warm-up": { command: ["node", "warm.ts"] },
  smoke: { command: ["node", "smoke.ts"], retries: 0 },
};

function app(args: Partial<palier.AppArgs> = { afterRelease }) {
  return declared({ stack: "staging" }, () => {
    new palier.App("api", { environment: new palier.Environment("shop"), image, ...args });
  });
}

describe("what runs after a release", () => {
  it("is a Job of the new image, with what the app has [DP-94 AV-30 MQ-63]", async () => {
    const resources = await app();
    const web = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec.containers[0];
    for (const [hook, { command }] of Object.entries(afterRelease)) {
      const { spec } = find(resources, "kubernetes:batch/v1:Job", `api-${hook}-hook`).inputs;
      const [container] = spec.template.spec.containers;
      assert.deepEqual([container.image, container.command], [image, command]);
      assert.deepEqual([container.envFrom, container.env], [web.envFrom, web.env]);
      assert.deepEqual([spec.backoffLimit, spec.activeDeadlineSeconds], [hook === "smoke" ? 0 : 2, 300]);
      assert.equal(spec.template.spec.restartPolicy, "Never");
      assert.equal(container.terminationMessagePolicy, "FallbackToLogsOnError");
    }
    assert.deepEqual(resources.flatMap(schemaErrors), []);
  });

  it("reaches the app, and is no pod of the app's own", async () => {
    const resources = await app();
    const { labels } = find(resources, "kubernetes:batch/v1:Job", "api-smoke-hook").inputs.spec.template.metadata;
    const service = find(resources, "kubernetes:core/v1:Service", "api-service").inputs.spec.selector;
    const hook = { matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "hook" } };
    const ofAnyRelease = { matchLabels: { "app.kubernetes.io/name": "api", "app.kubernetes.io/component": "app" } };
    assert.equal(labels["app.kubernetes.io/component"], "hook");
    assert.ok(Object.entries(service).some(([label, value]) => labels[label] !== value));
    const ports = [{ protocol: "TCP", port: 3000 }];
    assert.deepEqual(find(resources, policy, "api-hooks-out").inputs.spec, {
      podSelector: hook,
      policyTypes: ["Egress"],
      egress: [{ to: [{ podSelector: ofAnyRelease }], ports }],
    });
    assert.deepEqual(find(resources, policy, "api-hooks-in").inputs.spec, {
      podSelector: ofAnyRelease,
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: hook }], ports }],
    });
  });

  it("opens nothing where nothing runs", async () => {
    const names = (await app({})).map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => name.includes("hook")),
      [],
    );
  });

  it("is refused by its place, where it can't be", async () => {
    await assert.rejects(app({ afterRelease: { smoke: {} as never } }), /afterRelease\.smoke\.command: is missing/);
    const long = { ["s".repeat(38)]: { command: ["smoke"] } };
    await assert.rejects(
      app({ afterRelease: long }),
      /with the app's name it has 42 characters, and there is room for 40/,
    );
  });
});
