import { deepEqual, equal, match, ok } from "node:assert/strict";
import { find } from "../declared.ts";
import { environments, system } from "../systems.ts";
import { containerOf, deploymentOf, namesOf, redisSettings, secretsOf, variablesOf } from "./parts.ts";

const debrouillepro = (stack: string, changes = {}) => system("debrouillepro", stack, changes);

describe("DébrouillePro", () => {
  for (const stack of environments) {
    it(`is told its port by API_PORT, and a bucket of its own, in ${stack} [DP-36 DP-40 C-60 C-65]`, async () => {
      const resources = await debrouillepro(stack);
      const buckets = { dev: "debrouille-dev", staging: "debrouille-staging", production: "debrouille-prod" };
      const { API_PORT, STORAGE_BUCKET } = variablesOf(resources);
      deepEqual([API_PORT, STORAGE_BUCKET], ["3000", buckets[stack]]);
      equal(containerOf(resources).ports[0].containerPort, Number(API_PORT));
    });
  }

  it("lets its team change dev and look at staging with QA, and a few look at production [DP-10 DP-11 DP-12]", async () => {
    const letIn = async (stack: string) =>
      (await debrouillepro(stack))
        .filter(({ type }) => type.endsWith(":RoleBinding"))
        .map(({ inputs }) => [inputs.roleRef.name, ...inputs.subjects.map(({ name }: { name: string }) => name)]);
    deepEqual(await letIn("dev"), [["edit", "team"]]);
    deepEqual(await letIn("staging"), [["view", "team", "qa"]]);
    deepEqual(await letIn("production"), [["view", "on-call"]]);
  });

  it("is given everything by its environment: what is secret by Secrets, the rest by a ConfigMap [DP-32 DP-38 DP-49 C-46]", async () => {
    const resources = await debrouillepro("production");
    deepEqual(secretsOf(resources).sort(), ["JWT_SECRET", "REDIS_URL"]);
    const [{ configMapRef }] = containerOf(resources).envFrom;
    equal(configMapRef.name, find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs.metadata.name);
    const made = find(resources, "random:index/randomPassword:RandomPassword", "api-secrets-JWT_SECRET");
    equal(made.inputs.length, 64);
  });

  it("is led to the MongoDB of its environment where its people name one, by an address that nobody reads here [DP-22 DP-27 DP-37 C-45]", async () => {
    const host = "cluster0.a1b2c.mongodb.net";
    const resources = await debrouillepro("production", { "debrouillepro:mongo": { host } });
    deepEqual(secretsOf(resources).sort(), ["DATABASE_URL", "JWT_SECRET", "REDIS_URL"]);
    const { valueFrom } = containerOf(resources).env.find(({ name }: { name: string }) => name === "DATABASE_URL");
    deepEqual(valueFrom.secretKeyRef, { name: "mongo", key: "address" });
    const ports = resources
      .filter(({ type }) => type.endsWith(":NetworkPolicy"))
      .flatMap(({ inputs }) => inputs.spec.egress ?? [])
      .flatMap(({ ports = [] }) => ports.map(({ port }: { port: number }) => port));
    ok(ports.includes(27017));
  });

  it("is a Deployment behind a Service that starts healthy or not at all [DP-02 DP-46 DP-47]", async () => {
    const resources = await debrouillepro("production");
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(resources);
    deepEqual(
      [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet.path),
      ["/live", "/ready", "/live"],
    );
    const { selector, ports } = find(resources, "kubernetes:core/v1:Service", "api-service").inputs.spec;
    deepEqual(selector, deploymentOf(resources).spec.selector.matchLabels);
    equal(ports[0].port, 3000);
  });

  it("grows with its load and stands failures: several replicas on several nodes [DP-05 DP-06 DP-51]", async () => {
    const resources = await debrouillepro("production");
    const [scaler] = resources.filter(({ type }) => type.endsWith(":HorizontalPodAutoscaler"));
    const { minReplicas, maxReplicas } = scaler!.inputs.spec;
    deepEqual([minReplicas, maxReplicas], [2, 10]);
    const [spread] = deploymentOf(resources).spec.template.spec.topologySpreadConstraints;
    equal(spread.topologyKey, "kubernetes.io/hostname");
    deepEqual(namesOf(resources, "kubernetes:policy/v1:PodDisruptionBudget"), ["api-disruption"]);
  });

  it("runs containers that are the same wherever they run, and see nothing else [DP-41]", async () => {
    const resources = await debrouillepro("production");
    const { image, securityContext } = containerOf(resources);
    match(image, /@sha256:[0-9a-f]{64}$/);
    deepEqual(securityContext.capabilities, { drop: ["ALL"] });
    deepEqual([securityContext.readOnlyRootFilesystem, securityContext.allowPrivilegeEscalation], [true, false]);
    const { hostNetwork, hostPID, hostIPC } = deploymentOf(resources).spec.template.spec;
    ok(!hostNetwork && !hostPID && !hostIPC);
  });

  it("shares one cache among its replicas, and warms it up with each release [DP-86 DP-94 C-49]", async () => {
    const resources = await debrouillepro("production");
    match(redisSettings(resources, "cache"), /allkeys-lru/);
    const [job] = namesOf(resources, "kubernetes:batch/v1:Job").filter((name) => name.includes("warm-up"));
    const { command } = find(resources, "kubernetes:batch/v1:Job", job!).inputs.spec.template.spec.containers[0];
    deepEqual(command, ["node", "warm-up.ts"]);
  });
}).timeout(60_000);
