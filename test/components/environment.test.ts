import assert from "node:assert/strict";
import { expiry } from "../../components/environment/expiry.ts";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";

const make = (stack: string, config: Record<string, string> = {}, args: palier.EnvironmentArgs = {}) =>
  declared({ stack, config }, () => {
    new palier.Environment("shop", args);
  });

const values = { KEY: { generate: 32 } };
const plain = ({ system, stage, namespace }: palier.Environment) => ({ system, stage, namespace });
const image = `registry.example/api@sha256:${"a".repeat(64)}`;

describe("Environment", () => {
  it("has a namespace of its own, closed by default and restricted [DP-13 DP-90]", async () => {
    const resources = await make("development");
    const { metadata } = find(resources, "kubernetes:core/v1:Namespace", "shop-namespace").inputs;
    assert.deepEqual(metadata, {
      name: "shop-development",
      labels: {
        "app.kubernetes.io/part-of": "shop",
        "app.kubernetes.io/managed-by": "palier",
        "palier.dev/environment": "dev",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.34",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.34",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.34",
      },
    });
    const { spec } = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-closed").inputs;
    assert.deepEqual(spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  it("lets groups in by the cluster's own roles, each in its own environments", async () => {
    const people = { dev: { edit: ["team"] }, staging: { view: ["team", "oidc:qa"] } };
    const bindings = async (stack: string) =>
      (await make(stack, {}, { people }))
        .filter(({ type }) => type.endsWith(":RoleBinding"))
        .map(({ inputs }) => inputs);
    const apiGroup = "rbac.authorization.k8s.io";
    assert.deepEqual(await bindings("staging"), [
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: "people-view", namespace: "shop-staging" },
        roleRef: { apiGroup, kind: "ClusterRole", name: "view" },
        subjects: ["team", "oidc:qa"].map((name) => ({ apiGroup, kind: "Group", name })),
      },
    ]);
    assert.deepEqual(
      (await bindings("dev")).map(({ roleRef }) => roleRef.name),
      ["edit"],
    );
    assert.deepEqual(await bindings("production"), []);
  });

  it("lets nobody change production by hand, nor a group of the cluster's own in", async () => {
    const refused = (people: palier.EnvironmentArgs["people"]) => make("dev", {}, { people: people! });
    await assert.rejects(
      refused({ production: { edit: ["team"] } }),
      /Environment shop: people\.production\.edit: production is changed by releases alone.*give view/,
    );
    await assert.rejects(
      refused({ dev: { view: ["system:authenticated"] } }),
      /people\.dev\.view\[0\]: .*none of the cluster's own/,
    );
    await assert.rejects(refused({ qa: { view: ["team"] } }), /people: .*"qa"|people\.qa/);
    await assert.rejects(refused({ dev: { view: [] } }), /people\.dev\.view: an empty list/);
  });

  it("takes a stack's name for what it means [C-65]", async () => {
    for (const [stack, stage] of [
      ["prod", "production"],
      ["préprod", "staging"],
      ["pr-12", "review"],
    ] as const) {
      const { metadata } = find(
        await make(stack, {}, { namespace: "x" }),
        "kubernetes:core/v1:Namespace",
        "shop-namespace",
      ).inputs;
      assert.equal(metadata.labels["palier.dev/environment"], stage);
    }
  });

  it("takes a project's own name for what its configuration says, for its members too [AV-13 C-65]", async () => {
    const config = { "palier:stages": JSON.stringify({ qa: "staging", Live: "production" }) };
    for (const [stack, stage] of [
      ["qa", "staging"],
      ["live", "production"],
    ] as const) {
      const resources = await declared({ stack, config }, () => {
        const environment = new palier.Environment("shop");
        new palier.Secrets("keys", { environment: { ...plain(environment), stage: stack }, values });
      });
      const { metadata } = find(resources, "kubernetes:core/v1:Secret", "keys-values").inputs;
      assert.equal(metadata.labels["palier.dev/environment"], stage);
    }
  });

  it("refuses to let such a name change what another means, and shows nothing of what can't be read", async () => {
    await assert.rejects(
      make("dev", { "palier:stages": JSON.stringify({ prod: "dev" }) }),
      /palier:stages: "prod" means production already; leave it out/,
    );
    await assert.rejects(make("dev", { "palier:stages": "hush" }), (error: Error) => {
      assert.match(error.message, /palier:stages: it is no map of stack names to environments/);
      return !error.message.includes("hush");
    });
  });

  it("refuses a stack's name that means nothing, with those that do", () =>
    assert.rejects(make("qa"), /"qa" stands for no environment; give one of dev, .* or pr-<number>/));

  it("refuses to touch a cluster that was not named", () =>
    assert.rejects(make("dev", { "palier:context": "" }), /palier:context is not set: Palier never touches a cluster/));

  it("refuses to run on a merge that its stack file has moved on from", () =>
    assert.rejects(
      make("dev", { "palier:merged": JSON.stringify({ from: "Pulumi.dev.yaml", sha256: "0" }) }),
      /Pulumi\.dev\.yaml has changed since it was merged .* Type: eval/,
    ));

  it("bounds what its pods and volumes ask for together, and gives to who asks for nothing", async () => {
    const resources = await make("prod", {}, { quota: { cpu: "4", memory: "8Gi", storage: "100Gi", pods: 40 } });
    assert.deepEqual(find(resources, "kubernetes:core/v1:ResourceQuota", "shop-quota").inputs, {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "quota", namespace: "shop-prod" },
      spec: {
        hard: {
          "requests.cpu": "4",
          "requests.memory": "8Gi",
          "limits.memory": "8Gi",
          "requests.storage": "100Gi",
          pods: "40",
        },
      },
    });
    assert.deepEqual(find(resources, "kubernetes:core/v1:LimitRange", "shop-containers").inputs.spec, {
      limits: [{ type: "Container", defaultRequest: { cpu: "50m", memory: "128Mi" }, default: { memory: "128Mi" } }],
    });
  });

  it("bounds one container", async () => {
    const resources = await make("prod", {}, { containers: { cpu: "100m", memory: "256Mi", mostMemory: "2Gi" } });
    assert.deepEqual(find(resources, "kubernetes:core/v1:LimitRange", "shop-containers").inputs.spec, {
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "100m", memory: "256Mi" },
          default: { memory: "256Mi" },
          max: { memory: "2Gi" },
        },
      ],
    });
    assert.ok(!resources.some(({ type }) => type.endsWith(":ResourceQuota")));
  });

  it("puts all its pods into one priority class, which it makes where it is given a value", async () => {
    for (const [priorityClass, made] of [
      [{ name: "shop-first" }, []],
      [{ name: "shop-first", value: 1000 }, ["shop-priority"]],
    ] as const) {
      const resources = await declared({ stack: "prod" }, () => {
        const environment = new palier.Environment("shop", { priorityClass });
        const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
        const cache = new palier.Redis("cache", { environment, image, purpose: "cache" });
        const links = { DATABASE_URL: db.links["shop"]!, REDIS_URL: cache.link };
        new palier.App("api", { environment, image, links, migrate: { command: ["migrate"] } });
      });
      const classes = resources.filter(({ type }) => type.endsWith(":PriorityClass"));
      assert.deepEqual(
        classes.map(({ name }) => name),
        made,
      );
      const pods = resources.flatMap(({ inputs }) => inputs.spec?.template?.spec ?? []);
      assert.deepEqual(
        pods.map(({ priorityClassName }) => priorityClassName),
        Array.from({ length: 6 }, () => "shop-first"),
      );
    }
  });

  it("ends where it is a review, at an instant that no update moves [MQ-80 MP-37]", async () => {
    const label = async (stack: string, args: palier.EnvironmentArgs = {}) => {
      const resources = await make(stack, {}, args);
      return find(resources, "kubernetes:core/v1:Namespace", "shop-namespace").inputs.metadata.labels[
        "palier.dev/ttl-hours"
      ];
    };
    assert.equal(await label("pr-12"), "168");
    assert.equal(await label("pr-12", { reviewHours: 24 }), "24");
    assert.equal(await label("dev", { reviewHours: 24 }), undefined);
    assert.equal(expiry("2026-11-21T17:30:00Z", 24), "2026-11-22T17:30:00.000Z");
    assert.equal(expiry(undefined, 24), "24 hours after it is made");
  });

  it("takes the end and the quota that a review was made with, and refuses them elsewhere [MQ-80]", async () => {
    const told = { number: 12, hours: 24, expires: "2026-11-25T10:00:00.000Z", quota: { pods: 9 } };
    const config = { "palier:review": JSON.stringify(told) };
    const resources = await make("pr-12", config, { reviewHours: 48 });
    const { metadata } = find(resources, "kubernetes:core/v1:Namespace", "shop-namespace").inputs;
    assert.equal(metadata.annotations["palier.dev/expires"], told.expires);
    assert.equal(metadata.labels["palier.dev/ttl-hours"], "24");
    const hard = (all: typeof resources) =>
      find(all, "kubernetes:core/v1:ResourceQuota", "shop-quota").inputs.spec.hard;
    assert.deepEqual(hard(resources), { pods: "9" });
    assert.deepEqual(hard(await make("pr-12", config, { quota: { cpu: "2" } })), { "requests.cpu": "2" });
    await assert.rejects(make("staging", config), /palier:review: says when a review ends, and this is staging/);
    for (const [wrong, says] of [
      [{ hours: 0 }, /palier:review\.hours: 0/],
      [{ expires: "soon" }, /palier:review\.expires: "soon" .* a time such as/],
      [{ quota: { disks: 3 } }, /palier:review\.quota: "disks"/],
    ] as const)
      await assert.rejects(make("pr-12", { "palier:review": JSON.stringify(wrong) }), says);
  });

  it("means to its members what the system says, above its floors", async () => {
    const resources = await declared({ stack: "staging" }, () => {
      const environment = new palier.Environment("shop", {
        profiles: {
          staging: { replicas: { min: 3 }, logLevel: "debug", deletionProtection: false },
          production: { replicas: { min: 4 } },
        },
      });
      new palier.App("api", { environment, image });
    });
    assert.equal(find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.replicas, 3);
    const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-variables").inputs;
    assert.equal(data.LOG_LEVEL, "debug");
    assert.deepEqual(find(resources, "palier:index:Environment", "shop").inputs, {
      stage: "staging",
      profile: { replicas: { min: 3 }, logLevel: "debug", deletionProtection: false },
    });
  });

  it("holds dev to digests where the system asks for it", () =>
    assert.rejects(
      declared({ stack: "dev" }, () => {
        const environment = new palier.Environment("shop", { profiles: { dev: { imagesByDigest: true } } });
        new palier.App("api", { environment, image: "registry.example/api:1.2.3" });
      }),
      /api breaks the rules of dev:\nimmutable-image-tag: .*here only a digest counts/,
    ));
});
