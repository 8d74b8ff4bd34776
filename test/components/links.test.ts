import assert from "node:assert/strict";
import { avnir } from "../avnir.ts";
import { find } from "../declared.ts";

const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

describe("a link", () => {
  it("opens both ends of the way, on the port of the target alone [DP-27 P-20]", async () => {
    const resources = await avnir("staging");
    const api = { matchLabels: { "app.kubernetes.io/name": "api" } };
    const db = { matchLabels: { "app.kubernetes.io/name": "db", "app.kubernetes.io/component": "postgres" } };
    const ports = [{ protocol: "TCP", port: 5432 }];
    assert.deepEqual(find(resources, policy, "api-database-url-out").inputs.spec, {
      podSelector: api,
      policyTypes: ["Egress"],
      egress: [{ to: [{ podSelector: db }], ports }],
    });
    assert.deepEqual(find(resources, policy, "api-database-url-in").inputs.spec, {
      podSelector: db,
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: api }], ports }],
    });
  });

  it("gives the app its own role and migrations another, both over a verified connection [MP-136 MP-135 MQ-24 MP-54 MP-89]", async () => {
    const resources = await avnir("staging");
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", "api-database-url-secret").inputs;
    const verified = /^postgres:\/\/([\w.]+):[^@]+@db:5432\/staging_db\?sslmode=verify-full&sslrootcert=\S+ca\.crt$/;
    assert.equal(verified.exec(stringData["app-url"])?.[1], "api.staging_db.database_url");
    assert.equal(verified.exec(stringData["migrator-url"])?.[1], "api.staging_db.database_url.migrator");
    const container = (kind: string, name: string) =>
      find(resources, kind, name).inputs.spec.template.spec.containers[0];
    const from = (env: { name: string }[]) => env.find(({ name }) => name === "DATABASE_URL");
    const key = (url: string) => ({
      name: "DATABASE_URL",
      valueFrom: { secretKeyRef: { name: "api-database-url-secret-1a2b3c4d", key: url } },
    });
    assert.deepEqual(from(container("kubernetes:apps/v1:Deployment", "api").env), key("app-url"));
    assert.deepEqual(from(container("kubernetes:batch/v1:Job", "api-migrate-job").env), key("migrator-url"));
  });

  it("says on a migration's Job how it is taken back [AV-71 P-28]", async () => {
    const job = find(await avnir("staging"), "kubernetes:batch/v1:Job", "api-migrate-job");
    assert.equal(job.inputs.metadata.annotations["palier.dev/rollback"], "node migrate.ts down");
  });

  it("never lets a Job be taken for the app", async () => {
    const resources = await avnir("staging");
    const { selector } = find(resources, "kubernetes:core/v1:Service", "api-service").inputs.spec;
    for (const job of resources.filter(({ type }) => type === "kubernetes:batch/v1:Job")) {
      const { labels } = job.inputs.spec.template.metadata;
      assert.ok(
        Object.entries(selector).some(([label, value]) => labels[label] !== value),
        job.name,
      );
    }
  });

  it("runs no container as root, with a writable root or with a privilege, in any environment [MP-130]", async () => {
    for (const stack of ["dev", "staging", "production"]) {
      for (const { name, inputs } of await avnir(stack)) {
        const pod = inputs.spec?.template?.spec;
        if (!pod) continue;
        assert.equal(pod.securityContext.runAsNonRoot, true, name);
        assert.equal(pod.automountServiceAccountToken, false, name);
        for (const container of [...pod.containers, ...(pod.initContainers ?? [])]) {
          assert.deepEqual(container.securityContext.capabilities, { drop: ["ALL"] }, name);
          assert.equal(container.securityContext.readOnlyRootFilesystem, true, name);
          assert.ok(container.resources.limits.memory, name);
        }
      }
    }
  });
});
