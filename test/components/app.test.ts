import assert from "node:assert/strict";
import { FlagdCore } from "@openfeature/flagd-core";
import { rolloutSeconds } from "../../components/workload/deployment.ts";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

function app(args: Partial<palier.AppArgs>, stack = "staging", opts: palier.AppOptions = {}) {
  return declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    new palier.App("api", { environment, image, ...args }, opts);
  });
}

async function podOf(args: Partial<palier.AppArgs>, stack?: string) {
  const deployment = find(await app(args, stack), "kubernetes:apps/v1:Deployment", "api");
  return deployment.inputs.spec.template.spec;
}

describe("App", () => {
  it("ends in order: the pod's time covers the wait and the drain [AV-01 MQ-23]", async () => {
    const pod = await podOf({ shutdown: { preStopSeconds: 7, drainSeconds: 60 } });
    assert.equal(pod.containers[0].lifecycle.preStop.sleep.seconds, 7);
    assert.ok(pod.terminationGracePeriodSeconds > 67);
  });

  it("never asks other servers whether a pod shall live [C-24]", async () => {
    const [container] = (await podOf({ health: { live: "/live", ready: "/ready", verify: "/api/health" } })).containers;
    const paths = ["startupProbe", "readinessProbe", "livenessProbe"].map((probe) => container[probe].httpGet.path);
    assert.deepEqual(paths, ["/live", "/ready", "/live"]);
  });

  it("tells the process its port, name and environment from one value each [AV-56 AV-57 C-18 MP-40 MQ-31]", async () => {
    const resources = await app({ port: 8080 });
    const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs;
    assert.deepEqual(
      [data.PORT, data.SERVICE_NAME, data.ENVIRONMENT, data.NODE_ENV, data.LOG_LEVEL],
      ["8080", "api", "staging", "production", "info"],
    );
    const { spec } = find(resources, "kubernetes:core/v1:Service", "api-service").inputs;
    assert.deepEqual(spec.ports, [{ name: "http", port: 8080, targetPort: "http" }]);
  });

  it("rolls its pods when a variable changes, and not when a flag does [AV-44]", async () => {
    const resources = await app({ variables: { A: "1" }, featureFlags: { beta: false } });
    const configMap = (name: string) => find(resources, "kubernetes:core/v1:ConfigMap", name).inputs;
    assert.equal(configMap("api-variables").immutable, true);
    assert.notEqual(configMap("api-flags").immutable, true);
    const pod = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec;
    assert.equal(pod.containers[0].envFrom[0].configMapRef.name, configMap("api-variables").metadata.name);
  });

  it("tells its flags by a plain file and to OpenFeature's flagd provider [AV-44]", async () => {
    const featureFlags = { newPaymentFlow: true, enhancedAuth: false };
    const resources = await app({ featureFlags });
    const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-flags").inputs;
    assert.deepEqual(JSON.parse(data["flags.json"]), featureFlags);
    const { flags } = JSON.parse(data["flagd.json"]);
    const values = Object.values<{ variants: Record<string, boolean>; defaultVariant: string }>(flags);
    assert.deepEqual(
      values.map(({ variants, defaultVariant }) => variants[defaultVariant]),
      [true, false],
    );
    const told = find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs.data;
    assert.equal(told.FLAGD_RESOLVER, "in-process");
    const pod = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec;
    const folder = pod.containers[0].volumeMounts.find(({ name }: { name: string }) => name === "flags").mountPath;
    assert.equal(told.FEATURE_FLAGS_FILE, `${folder}/flags.json`);
    assert.equal(told.FLAGD_OFFLINE_FLAG_SOURCE_PATH, `${folder}/flagd.json`);
  });

  it("is on for a share of those who ask, always the same, and for some by name, as flagd decides [AV-85]", async () => {
    const flagShares = { beta: { percent: 20, keys: ["ada"] }, other: { percent: 20 } };
    const { data } = find(
      await app({ flagShares, featureFlags: { plain: true } }),
      "kubernetes:core/v1:ConfigMap",
      "api-flags",
    ).inputs;
    assert.deepEqual(JSON.parse(data["flags.json"]), { beta: false, other: false, plain: true });
    const decided = async (percent: number) => {
      const flags = { beta: { percent, keys: ["ada"] }, other: { percent } };
      const { inputs } = find(await app({ flagShares: flags }), "kubernetes:core/v1:ConfigMap", "api-flags");
      const flagd = new FlagdCore();
      flagd.setConfigurations(inputs.data["flagd.json"]);
      return (flag: string, targetingKey: string) =>
        flagd.resolveBooleanEvaluation(flag, false, { targetingKey }, console as never).value;
    };
    const [some, more, none] = [await decided(20), await decided(50), await decided(0)];
    const users = Array.from({ length: 5000 }, (_, index) => `user-${index}`);
    const on = users.filter((user) => some("beta", user));
    assert.ok(on.length > 900 && on.length < 1100, `${on.length} of 5000 are not 20 %`);
    assert.ok(
      on.every((user) => more("beta", user)),
      "a greater share has lost somebody",
    );
    assert.ok(
      on.some((user) => !some("other", user)),
      "both flags chose the same",
    );
    assert.deepEqual([none("beta", "ada"), none("beta", "user-1"), none("other", "ada")], [true, false, false]);
  });

  it("refuses a share of more than all, and what is no flag", async () => {
    const shared = (value: unknown) => app({ flagShares: { beta: value } as never });
    await assert.rejects(shared({ percent: 101 }), /App api: flagShares\.beta\.percent: 101 is not allowed/);
    await assert.rejects(shared(true), /App api: flagShares\.beta: .* is not allowed/);
    await assert.rejects(shared({ keys: [] }), /flagShares\.beta\.keys: an empty list/);
    const twice = { featureFlags: { beta: true }, flagShares: { beta: { percent: 1 } } };
    await assert.rejects(app(twice), /App api: flagShares\.beta: is given in featureFlags too; give it once/);
  });

  it("adopts an account, ConfigMaps and Secrets that are there, and wins over them with its own", async () => {
    const existing = { serviceAccount: "cloud", configMaps: ["shared"], secrets: ["vault"] };
    const resources = await app({ existing });
    const pod = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec;
    assert.equal(pod.serviceAccountName, "cloud");
    assert.equal(pod.automountServiceAccountToken, false);
    assert.ok(!resources.some(({ type }) => type === "kubernetes:core/v1:ServiceAccount"));
    const own = find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs.metadata.name;
    assert.deepEqual(pod.containers[0].envFrom, [
      { configMapRef: { name: "shared" } },
      { secretRef: { name: "vault" } },
      { configMapRef: { name: own } },
    ]);
    await assert.rejects(app({ existing: { secrets: ["Vault"] } }), /App api: existing\.secrets\[0\]: "Vault" is not/);
  });

  it("scales where it may, and leaves the count to the autoscaler [AV-90 DP-51]", async () => {
    const kinds = async (scale: palier.ScaleArgs) => (await app({ scale })).map(({ type }) => type);
    const autoscaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
    assert.ok((await kinds({ min: 2, max: 3 })).includes(autoscaler));
    assert.ok(!(await kinds({ min: 2, max: 2 })).includes(autoscaler));
  });

  it("scales between one and ten replicas at 70 % of their CPU, where that is asked for [MP-67 MP-68 MP-69]", async () => {
    const resources = await app({ scale: { min: 1, max: 10, cpuPercent: 70 } });
    const { spec } = find(resources, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "api-autoscaler").inputs;
    assert.deepEqual([spec.minReplicas, spec.maxReplicas], [1, 10]);
    assert.deepEqual(spec.metrics, [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
    ]);
  });

  it("is one replica in dev and two at least in production [C-30]", async () => {
    const replicas = async (stack: string) =>
      find(await app({}, stack), "kubernetes:apps/v1:Deployment", "api").inputs.spec.replicas;
    assert.deepEqual([await replicas("dev"), await replicas("production")], [1, 2]);
  });

  it("counts on a new pod in production once it has stayed ready for over a minute", async () => {
    const seconds = async (stack: string, args: Partial<palier.AppArgs> = {}) =>
      find(await app(args, stack), "kubernetes:apps/v1:Deployment", "api").inputs.spec.minReadySeconds;
    assert.deepEqual([await seconds("dev"), await seconds("staging"), await seconds("production")], [0, 10, 75]);
    assert.equal(await seconds("production", { progressDeadlineSeconds: 60 }), 30);
  });

  it("gives a rollout the time in which all of its pods, a quarter at a time, can have stayed ready", () => {
    const of = (max: number) =>
      rolloutSeconds({
        scale: { min: 1, max, cpuPercent: 70, upSeconds: 0, downSeconds: 300 },
        minReadySeconds: 75,
        progressDeadlineSeconds: 180,
      });
    assert.deepEqual([1, 2, 4, 5, 10].map(of), [285, 360, 510, 435, 510]);
  });

  it("lets an override change the final arguments, without touching the caller's", async () => {
    const resources = await app({}, "staging", {
      overrides: { deployment: (spec) => ({ ...spec, revisionHistoryLimit: 1 }) },
    });
    assert.equal(find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.revisionHistoryLimit, 1);
  });

  const forbidden: [string, Partial<palier.AppArgs>, RegExp][] = [
    [
      "open CORS [AV-11 P-01]",
      { variables: { CORS_ALLOW_ORIGINS: "*" } },
      /api breaks the rules of staging:\nno-open-cors/,
    ],
    ["an image by its tag [DP-43 P-16]", { image: "registry.example/api:latest" }, /immutable-image-tag/],
    ["a secret in clear [AV-05 P-03]", { variables: { DB_PASSWORD: "hunter2-hunter2" } }, /no-plaintext-secrets/],
  ];
  for (const [title, args, message] of forbidden) {
    it(`refuses by itself, without the pack, ${title}`, () =>
      assert.rejects(app(args), (error: Error) => message.test(error.message) && !error.message.includes("hunter2")));
  }

  it("refuses debug switches in production by itself, and allows them in dev [AV-10 P-02]", async () => {
    await assert.rejects(app({ variables: { DEBUG: "1" } }, "production"), /no-debug-in-production/);
    await app({ variables: { DEBUG: "1" } }, "dev");
  });

  const wrong: [string, Partial<palier.AppArgs>, RegExp][] = [
    ["a port below the range", { port: 80 }, /port: 80 is not allowed; give a whole number from 1024 to 65535/],
    ["no replicas", { scale: { min: 0 } }, /scale\.min: 0 is not allowed; give a whole number from 1 to 1000/],
    ["most below fewest", { scale: { min: 3, max: 2 } }, /scale\.max: 2 .* from 3 to 1000/],
    ["a quantity that is none", { resources: { memory: "lots" } }, /resources\.memory: "lots" .* such as 256Mi/],
    ["a path without its slash", { health: { ready: "ready" } }, /health\.ready: "ready" .* begins with \//],
    ["a variable in small letters", { variables: { port: "1" } }, /variables\.port: "port" .* capitals/],
    [
      "a secret that is too short",
      { secrets: { KEY: { generate: 8 } } },
      /App api: secrets\.KEY\.generate: 8 .* 16 to 256/,
    ],
    ["a secret of no kind", { secrets: { KEY: {} } }, /App api: secrets\.KEY: give exactly one of generate/],
    [
      "a secret that is not set",
      { secrets: { KEY: { config: true } } },
      /avnir:KEY is not set: pulumi config set --secret/,
    ],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(app(args), message));
  }
});
