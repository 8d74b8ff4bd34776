import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

function app(args: Partial<palier.AppArgs>) {
  return declared({ stack: "staging" }, () => {
    new palier.App("api", { environment: new palier.Environment("shop"), image, ...args });
  });
}

async function podOf(args: Partial<palier.AppArgs>) {
  return find(await app(args), "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec;
}

describe("a pod", () => {
  it("may take as long to start as it is given, and is asked nothing else until then [MQ-75 C-04]", async () => {
    const probe = async (args: Partial<palier.AppArgs>) => {
      const { httpGet, periodSeconds, failureThreshold } = (await podOf(args)).containers[0].startupProbe;
      return [httpGet.path, periodSeconds * failureThreshold];
    };
    assert.deepEqual(await probe({}), ["/live", 60]);
    assert.deepEqual(await probe({ health: { start: "/started", startSeconds: 30 } }), ["/started", 30]);
    assert.deepEqual(await probe({ progressDeadlineSeconds: 40 }), ["/live", 40]);
  });

  it("has time to close its WebSockets after its requests, and is told how long [MQ-64]", async () => {
    const shutdown = { preStopSeconds: 5, drainSeconds: 30, webSocketSeconds: 120 };
    const resources = await app({ shutdown, workers: { mail: { command: ["mail"] } } });
    const pod = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec;
    assert.ok(pod.terminationGracePeriodSeconds > 5 + 30 + 120);
    const told = (name: string) =>
      find(resources, "kubernetes:core/v1:ConfigMap", name).inputs.data.WEBSOCKET_DRAIN_SECONDS;
    assert.deepEqual([told("api-variables"), told("api-mail-variables")], ["120", undefined]);
  });

  it("writes where it is let, within a size, and nowhere else", async () => {
    const pod = await podOf({ writablePaths: { "/tmp": "1Gi", "/var/cache/nginx": "16Mi" } });
    const [container] = pod.containers;
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    const written = container.volumeMounts.filter(({ readOnly }: { readOnly?: boolean }) => !readOnly);
    const size = (name: string) => pod.volumes.find((volume: { name: string }) => volume.name === name).emptyDir;
    assert.deepEqual(
      written.map(({ mountPath, name }: { mountPath: string; name: string }) => [mountPath, size(name)]),
      [
        ["/tmp", { sizeLimit: "1Gi" }],
        ["/var/cache/nginx", { sizeLimit: "16Mi" }],
      ],
    );
  });

  it("asks for what a word says, and for what is given in its place", async () => {
    const asked = async (args: Partial<palier.AppArgs>) => (await podOf(args)).containers[0].resources;
    assert.deepEqual(await asked({}), { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } });
    assert.deepEqual(await asked({ size: "large", resources: { memory: "2Gi" } }), {
      requests: { cpu: "1", memory: "2Gi" },
      limits: { memory: "2Gi" },
    });
  });

  it("is spread over nodes, or over what it is told", async () => {
    const over = async (args: Partial<palier.AppArgs>) =>
      (await podOf(args)).topologySpreadConstraints.map(({ topologyKey }: { topologyKey: string }) => topologyKey);
    assert.deepEqual(await over({}), ["kubernetes.io/hostname"]);
    assert.deepEqual(await over({ spread: ["topology.kubernetes.io/zone"] }), ["topology.kubernetes.io/zone"]);
  });

  it("may always be moved away, one at a time, even one that is alone or ill [MQ-23]", async () => {
    const { spec } = find(
      await app({ scale: { min: 1, max: 1 } }),
      "kubernetes:policy/v1:PodDisruptionBudget",
      "api-disruption",
    ).inputs;
    assert.deepEqual([spec.maxUnavailable, spec.minAvailable], [1, undefined]);
    assert.equal(spec.unhealthyPodEvictionPolicy, "AlwaysAllow");
  });

  const wrong: [string, Partial<palier.AppArgs>, RegExp][] = [
    ["a size of no word", { size: "huge" }, /App api: size: "huge" is not allowed; give one of small, medium, large/],
    [
      "a start that may take longer than a rollout may stand still",
      { health: { startSeconds: 61 }, progressDeadlineSeconds: 60 },
      /App api: health\.startSeconds: 61 is not allowed; give a whole number from 1 to 60/,
    ],
    ["a writable root", { writablePaths: { "/": "1Gi" } }, /App api: writablePaths\.\/: "\/" is not allowed/],
    [
      "a writable path that leads elsewhere",
      { writablePaths: { "/data/../etc": "1Gi" } },
      /"\/data\/\.\.\/etc" is not/,
    ],
    [
      "one over the flags",
      { writablePaths: { "/etc/palier/flags": "1Gi" } },
      /"\/etc\/palier\/flags" holds what Palier mounts; give another path/,
    ],
    [
      "one without bounds",
      { writablePaths: { "/data": "much" } },
      /writablePaths\.\/data: "much" is not allowed; give a q/,
    ],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(app(args), message));
  }
});
