import { doesNotThrow, ok } from "node:assert/strict";
import { evaluate } from "../../core/rules/evaluate.ts";
import { everywhere } from "../../core/rules/levels.ts";
import { Field, Secret, undecided } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { stages } from "../../core/stage.ts";
import { readSettings } from "../../policies/adapter/settings.ts";
import { profiles } from "../../policies/profiles/index.ts";
import { rules } from "../../policies/themes.ts";
import { numbers } from "../fuzz/random.ts";
import { configMap, deployment, env, ingress, secretObject, workload } from "./manifests.ts";

const marker = "zQ7hiddenValue9";
const odd: unknown[] = [
  null,
  0,
  -1,
  "",
  true,
  [],
  {},
  [[]],
  "*",
  "a\nb: c\n[x]\n- y",
  "{",
  "[",
  undecided,
  new Secret(marker),
  new Secret({ a: [marker] }),
  "\u0000",
  "$(A)$(A",
  "=".repeat(50),
  "a.".repeat(200),
  new Date(0),
  () => 1,
];
const valid = [
  deployment({
    command: ["sh", "-c", "A=1 node --x y"],
    env: env({ CORS_ORIGIN: "https://a.example", DB_PASSWORD: { secretKeyRef: { name: "k", key: "p" } } }),
    envFrom: [{ prefix: "A_", configMapRef: { name: "settings" } }],
  }),
  workload(
    { containers: [{ name: "a", image: "a:1" }], volumes: [{ name: "v", secret: { secretName: "s" } }] },
    "batch/v1:CronJob",
  ),
  configMap({ "app.yaml": "a:\n  b: c\n  d:\n  - e\n", "app.json": '{"a":{"b":["c"]}}', A: "1" }),
  secretObject({ stringData: { A: marker }, data: { B: Buffer.from(marker).toString("base64") } }),
  ingress({
    "nginx.ingress.kubernetes.io/enable-cors": "true",
    "nginx.ingress.kubernetes.io/cors-allow-origin": "https://a.example",
  }),
  ...related(),
];

/** Objects that rules judge against others. */
function related() {
  const app = { app: "db" };
  const container = {
    image: "postgres:17",
    args: ["-c", "max_connections=20"],
    ports: [{ containerPort: 5432, name: "sql" }],
    env: env({ DATABASE_URL: "postgres://a@db:5432/x?connection_limit=9", DB_POOL_MAX: "9" }),
  };
  const spec = { containers: [container], volumes: [{ persistentVolumeClaim: { claimName: "data" } }] };
  const rules = [{ backendRefs: [{ name: "db", port: 5432 }], matches: [{ path: { value: "/" } }] }];
  const restic = { containers: [{ command: ["restic", "backup"], env: env({ RETENTION_DAYS: "1", S3_BUCKET: "b" }) }] };
  const objects: Record<string, object> = {
    "apps/v1:StatefulSet": { serviceName: "db", replicas: 2, template: { metadata: { labels: app }, spec } },
    "core/v1:Service": { selector: app, type: "LoadBalancer", ports: [{ port: 5432 }], externalIPs: ["10.0.0.1"] },
    "networking.k8s.io/v1:NetworkPolicy": {
      podSelector: { matchLabels: app },
      policyTypes: ["Ingress"],
      ingress: [
        { from: [{ namespaceSelector: { matchLabels: { env: "dev" } } }], ports: [{ port: 1, endPort: 9999 }] },
      ],
    },
    "policy/v1:PodDisruptionBudget": { selector: { matchLabels: app }, minAvailable: "60%" },
    "autoscaling/v2:HorizontalPodAutoscaler": { scaleTargetRef: { kind: "StatefulSet", name: "db" }, minReplicas: 2 },
    "gateway.networking.k8s.io/v1:HTTPRoute": { hostnames: ["a.example"], rules },
    "gateway.networking.k8s.io/v1:Gateway": { listeners: [{ tls: { certificateRefs: [{ name: "s" }] } }] },
    "batch/v1:CronJob": { schedule: "0 3 * * 1", jobTemplate: { spec: { template: { spec: restic } } } },
    "postgresql.cnpg.io/v1:Cluster": { backup: { barmanObjectStore: {}, retentionPolicy: "1d" } },
    "postgresql.cnpg.io/v1:ScheduledBackup": { schedule: "0 0 3 * * *", cluster: { name: "pg" } },
  };
  return Object.entries(objects).map(([type, body]) => ({
    type: `kubernetes:${type}`,
    props: { apiVersion: type.split(":")[0], metadata: { name: "db", namespace: "shop" }, spec: body },
  }));
}

function mutated(value: unknown, next: () => number): unknown {
  if (next() < 0.04) return odd[Math.floor(next() * odd.length)];
  if (Array.isArray(value)) return value.map((item) => mutated(item, next));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [next() < 0.02 ? "CORS_ORIGIN" : key, mutated(item, next)]),
  );
}

describe("rules on broken input", () => {
  it("neither fail nor show a secret in 10,000 mutations of valid objects [P-01 P-02 P-03 P-04 P-16]", () => {
    const next = numbers(20240131);
    let inventory = new Inventory();
    for (let run = 0; run < 10_000; run++) {
      if (run % 100 === 0) inventory = new Inventory();
      const { type, props } = valid[run % valid.length]!;
      const input = mutated(props, next);
      for (const object of kubernetesObjects(type.split(":")[2]!, new Field(input))) {
        inventory.add(object);
        const stage = stages[run % stages.length]!;
        const said = JSON.stringify(
          rules.flatMap((rule) => evaluate(rule, { object, stage, inventory }, { levels: everywhere })),
        );
        ok(!/failed on it/.test(said), said);
        ok(!said.includes(marker), said);
      }
    }
  }).timeout(180_000);

  it("tell each of 10,000 mutations of a valid configuration what is wrong with it, and never fail [P-01]", () => {
    const next = numbers(7);
    const exempt = { resource: "web", reason: "until the next release", owner: "ops", expires: "2999-01-01" };
    const configuration = {
      profile: "restricted",
      "no-open-cors": "advisory",
      "no-host-path": { levels: { dev: "off" }, allowed: ["/var/log/*"], exemptions: [exempt] },
      "user-ids": { runAsUser: { ranges: [{ min: 10, max: 20 }] } },
      "memory-ceiling": { levels: "mandatory", memory: { most: "512M" } },
    };
    let told = 0;
    for (let run = 0; run < 10_000; run++) {
      const given = mutated(configuration, next);
      if (typeof given !== "object" || given === null) continue;
      doesNotThrow(() => {
        told += readSettings({ rules, profiles }, given).problems.length;
      });
    }
    ok(told > 1000);
  }).timeout(180_000);
});
