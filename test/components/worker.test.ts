import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";
import { schemaErrors } from "../fuzz/kubernetesSchema.ts";

const image = `registry.example/mail@sha256:${"a".repeat(64)}`;

function worker(args: Partial<palier.WorkerArgs> = {}, stack = "staging", opts: palier.WorkerOptions = {}) {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    new palier.Worker("mail", { environment, image, ...args }, opts);
  });
}

async function podOf(args: Partial<palier.WorkerArgs>) {
  return find(await worker(args), "kubernetes:apps/v1:Deployment", "mail").inputs.spec.template.spec;
}

describe("Worker", () => {
  it("is reached by nobody: it has no Service, no port, and no way in", async () => {
    const resources = await worker();
    const kinds = resources.map(({ type }) => type);
    assert.ok(!kinds.some((type) => /:Service$/.test(type)), kinds.join());
    const [container] = (await podOf({})).containers;
    assert.equal(container.ports, undefined);
    assert.deepEqual((await podOf({ metricsPort: 9100 })).containers[0].ports, [
      { name: "metrics", containerPort: 9100 },
    ]);
  });

  it("has pods that no app's Service, autoscaler or budget counts", async () => {
    const { spec } = find(await worker(), "kubernetes:apps/v1:Deployment", "mail").inputs;
    assert.deepEqual(spec.selector.matchLabels, {
      "app.kubernetes.io/name": "mail",
      "app.kubernetes.io/component": "worker",
    });
  });

  it("is told to end at once and has its time to finish [AV-01 MQ-23]", async () => {
    const pod = await podOf({ drainSeconds: 120 });
    assert.equal(pod.containers[0].lifecycle, undefined);
    assert.equal(pod.terminationGracePeriodSeconds, 125);
  });

  it("is seen to live by a command, or by a file that it touches, and by nothing where neither is given", async () => {
    const probes = async (health: palier.WorkerHealthArgs) => {
      const { startupProbe, readinessProbe, livenessProbe } = (await podOf({ health })).containers[0];
      return { startupProbe, readinessProbe, livenessProbe };
    };
    const none = { startupProbe: undefined, readinessProbe: undefined, livenessProbe: undefined };
    assert.deepEqual(await probes({}), none);
    const exec = { command: ["node", "alive.ts"] };
    assert.deepEqual(await probes({ live: exec.command, startSeconds: 90 }), {
      ...none,
      startupProbe: { exec, timeoutSeconds: 5, periodSeconds: 1, failureThreshold: 90 },
      livenessProbe: { exec, timeoutSeconds: 5, periodSeconds: 10, failureThreshold: 3 },
    });
    const { livenessProbe } = await probes({ heartbeat: { file: "/tmp/alive", withinSeconds: 20 } });
    assert.deepEqual(livenessProbe.exec.command, [
      "sh",
      "-c",
      "[ $(($(date +%s) - $(stat -c %Y /tmp/alive))) -le 20 ]",
    ]);
    const { readinessProbe } = await probes({ ready: ["node", "ready.ts"] });
    assert.deepEqual(readinessProbe.exec.command, ["node", "ready.ts"]);
  });

  it("uses what it links to as an app does, and migrates first [YO-33]", async () => {
    const resources = await declared({ stack: "staging" }, () => {
      const environment = new palier.Environment("shop");
      const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
      const links = { DATABASE_URL: db.links["shop"]! };
      const migrate = { command: ["node", "migrate.ts", "up"], rollback: "restore" };
      new palier.Worker("mail", { environment, image, links, migrate, secrets: { API_KEY: { generate: 32 } } });
    });
    const { metadata, spec } = find(resources, "kubernetes:apps/v1:Deployment", "mail").inputs;
    assert.equal(metadata.annotations["palier.dev/after"], "migrated");
    const env = spec.template.spec.containers[0].env.map(({ name }: { name: string }) => name);
    assert.deepEqual(env, ["DATABASE_URL", "API_KEY"]);
    find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "mail-database-url-out");
    find(resources, "kubernetes:batch/v1:Job", "mail-migrate-job");
  });

  it("lets each child be changed, and its rules judge the result", async () => {
    const resources = await worker({ scale: { min: 2, max: 3 } }, "staging", {
      overrides: {
        deployment: (spec) => ({ ...spec, revisionHistoryLimit: 1 }),
        autoscaler: (spec) => ({ ...spec, maxReplicas: 4 }),
        disruption: (spec) => ({ ...spec, maxUnavailable: 2 }),
      },
    });
    assert.equal(find(resources, "kubernetes:apps/v1:Deployment", "mail").inputs.spec.revisionHistoryLimit, 1);
    const scaler = find(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "mail-autoscaler");
    assert.equal(scaler.inputs.spec.maxReplicas, 4);
    const budget = find(resources, "kubernetes:policy/v1:PodDisruptionBudget", "mail-disruption");
    assert.equal(budget.inputs.spec.maxUnavailable, 2);
    await assert.rejects(worker({ image: "registry.example/mail:latest" }), /mail breaks the rules of staging:\nimmu/);
  });

  it("is what the API server takes", async () => {
    const resources = await worker({ health: { live: ["true"] }, metricsPort: 9100 }, "production");
    assert.deepEqual(resources.flatMap(schemaErrors), []);
  });

  const wrong: [string, Partial<palier.WorkerArgs>, RegExp][] = [
    [
      "two ways to be seen to live",
      { health: { live: ["true"], heartbeat: { file: "/tmp/alive" } } },
      /Worker mail: health: live and heartbeat exclude each other: a container has one liveness probe; give one/,
    ],
    [
      "a start that may take longer than a rollout may stand still",
      { health: { startSeconds: 200 } },
      /Worker mail: health\.startSeconds: 200 is not allowed; give a whole number from 1 to 180/,
    ],
    [
      "a file that a shell would read otherwise",
      { health: { heartbeat: { file: "/tmp/$(id)" } } },
      /heartbeat\.file: /,
    ],
    ["an app's argument", { port: 3000 } as never, /Worker mail: "port" is not allowed; give only environment, image/],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(worker(args), message));
  }
});
