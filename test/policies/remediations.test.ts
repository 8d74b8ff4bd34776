import { deepEqual, equal } from "node:assert/strict";
import { createRequire } from "node:module";
import { remediations } from "../../policies/remediations/index.ts";
import { remediationPolicies } from "../../policies/remediations/remediation.ts";
import { deployment, object } from "./manifests.ts";
import { analyzeRequest, type Resource, secret, unknown } from "./preview.ts";

const { makeRemediateRpcFun } = createRequire(import.meta.url)("@pulumi/policy/server");

interface Answer {
  getRemediationsList(): {
    getPolicyname(): string;
    getProperties(): { toJavaScript(): object };
    getDiagnostic(): string;
  }[];
}

/** What the engine would go on with, by the SDK's own functions. */
async function mended(resource: Resource, level = "remediate") {
  const policies = remediationPolicies(remediations).map((policy) => ({ ...policy, enforcementLevel: level }));
  const handler = makeRemediateRpcFun("palier", "0.1.0", "mandatory", policies);
  const answer = await new Promise<Answer>((resolve, reject) =>
    handler({ request: analyzeRequest("staging", resource) }, (error: Error | null, given: Answer) =>
      error ? reject(error) : resolve(given),
    ),
  );
  const all = answer.getRemediationsList();
  deepEqual(all.map((one) => one.getDiagnostic()).filter(Boolean), []);
  return new Map(all.map((one) => [one.getPolicyname(), one.getProperties()?.toJavaScript() as Record<string, never>]));
}

const podOf = (props: Record<string, never> | undefined) => (props as never as Nested)?.spec.template.spec;
interface Nested {
  metadata: { labels: Record<string, string> };
  spec: {
    template: {
      spec: {
        automountServiceAccountToken?: boolean;
        securityContext: object;
        containers: { securityContext: Record<string, unknown>; env: unknown }[];
      };
    };
  };
}

describe("a remediation", () => {
  it("is off until somebody sets it to remediate", async () => {
    equal(
      remediationPolicies(remediations).every(({ enforcementLevel }) => enforcementLevel === "disabled"),
      true,
    );
    equal((await mended(deployment({}), "disabled")).size, 0);
  });

  it("sets what a pod says nothing of: seccomp, escalation, the token, the label", async () => {
    const found = await mended(deployment({}));
    const secured = podOf(found.get("fix-security-context"))!;
    deepEqual(secured.securityContext, { seccompProfile: { type: "RuntimeDefault" } });
    equal(secured.containers[0]!.securityContext["allowPrivilegeEscalation"], false);
    equal(podOf(found.get("fix-mounted-token"))!.automountServiceAccountToken, false);
    const labelled = found.get("fix-environment-label") as never as Nested;
    equal(labelled.metadata.labels["palier.dev/environment"], "staging");
  });

  it("leaves alone what is said", async () => {
    const pod = {
      serviceAccountName: "api",
      securityContext: { seccompProfile: { type: "Localhost", localhostProfile: "a.json" } },
      containers: [{ name: "a", securityContext: { allowPrivilegeEscalation: true } }],
    };
    const metadata = { name: "web", labels: { "palier.dev/environment": "staging" } };
    deepEqual(
      [...(await mended(object("apps/v1:Deployment", { metadata, spec: { template: { spec: pod } } }))).keys()],
      [],
    );
  });

  it("keeps secrets secret and unknown values unknown", async () => {
    const env = [
      { name: "A", value: secret("hush") },
      { name: "B", value: unknown },
    ];
    const found = await mended(deployment({ env }));
    const [container] = podOf(found.get("fix-security-context"))!.containers;
    deepEqual(container!.env, env);
  });

  it("leaves a pod that is not known, and what is no workload", async () => {
    const open = object("apps/v1:Deployment", { metadata: unknown, spec: unknown });
    equal((await mended(open)).size, 0);
    deepEqual(
      [...(await mended(object("core/v1:ConfigMap", { metadata: { name: "a" } }))).keys()],
      ["fix-environment-label"],
    );
    equal((await mended({ type: "random:index/randomId:RandomId", name: "a", props: {} })).size, 0);
  });
});
