import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { type Declared, declared, find } from "../declared.ts";
import { schemaErrors } from "../fuzz/kubernetesSchema.ts";
import { sealedOf } from "../fuzz/words.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;
const sealed = sealedOf(40);
const labels = {
  "app.kubernetes.io/name": "keys",
  "app.kubernetes.io/component": "app",
  "app.kubernetes.io/part-of": "shop",
  "app.kubernetes.io/managed-by": "palier",
  "palier.dev/environment": "production",
};

const make = async (values: palier.SecretsArgs["values"], stage = "production", secrets = {}) => {
  let keys: palier.Secrets["keys"] = {};
  const resources = await declared({ stack: "prod", secrets }, () => {
    keys = new palier.Secrets("keys", { environment: { system: "shop", stage, namespace: "shop" }, values }).keys;
  });
  assert.deepEqual(resources.flatMap(schemaErrors), []);
  return { resources, keys };
};
const names = (resources: Declared[]) =>
  resources.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).filter((one) => !one.startsWith("Stack "));
const where = (keys: palier.Secrets["keys"]) =>
  Promise.all(
    Object.entries(keys).map(async ([variable, { name, key }]) => {
      const held = typeof name === "string" ? name : await new Promise((tell) => (name as never as Told).apply(tell));
      return `${variable}: ${held} ${key}`;
    }),
  );
interface Told {
  apply(tell: (name: unknown) => void): void;
}

describe("Secrets", () => {
  it("come from where each environment takes them, by one declaration [AV-35 DP-16 DP-34]", async () => {
    const values = {
      STRIPE_SECRET_KEY: {
        generate: 32,
        in: {
          staging: { config: true },
          production: { external: { clusterStore: "vault", key: "shop/stripe", property: "secret-key" } },
        },
      },
    };
    const dev = await make(values, "dev");
    assert.deepEqual(names(dev.resources), [
      "Secret keys-values",
      "Secrets keys",
      "RandomPassword keys-STRIPE_SECRET_KEY",
    ]);
    assert.deepEqual(await where(dev.keys), ["STRIPE_SECRET_KEY: keys-values-1a2b3c4d STRIPE_SECRET_KEY"]);
    const staging = await make(values, "staging", { "avnir:STRIPE_SECRET_KEY": "sk_test_0123456789" });
    assert.deepEqual(find(staging.resources, "kubernetes:core/v1:Secret", "keys-values").inputs.stringData, {
      STRIPE_SECRET_KEY: "sk_test_0123456789",
    });
    const production = await make(values);
    assert.deepEqual(names(production.resources), ["ExternalSecret keys-stripe-secret-key", "Secrets keys"]);
    assert.deepEqual(await where(production.keys), [
      "STRIPE_SECRET_KEY: keys-stripe-secret-key-1a2b3c4d STRIPE_SECRET_KEY",
    ]);
  });

  it("of a store are asked for once, and anew with each rotation [DP-34 MP-129]", async () => {
    const external = { clusterStore: "vault", key: "shop/stripe", property: "secret-key", version: "3" };
    const { resources } = await make({ STRIPE_SECRET_KEY: { external, rotate: "2026-11-01" } });
    const { inputs } = find(resources, "kubernetes:external-secrets.io/v1:ExternalSecret", "keys-stripe-secret-key");
    assert.deepEqual(inputs, {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: {
        name: "keys-stripe-secret-key-1a2b3c4d",
        namespace: "shop",
        labels,
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: {
        secretStoreRef: { kind: "ClusterSecretStore", name: "vault" },
        refreshPolicy: "CreatedOnce",
        target: {
          creationPolicy: "Owner",
          immutable: true,
          template: { metadata: { labels, annotations: { "palier.dev/rotation": "2026-11-01" } } },
        },
        data: [
          {
            secretKey: "STRIPE_SECRET_KEY",
            remoteRef: { key: "shop/stripe", property: "secret-key", version: "3" },
          },
        ],
      },
    });
  });

  it("of a store that is asked again may change in place", async () => {
    const { resources } = await make({ KEY: { external: { store: "team", key: "shop", refreshMinutes: 60 } } });
    const { spec } = find(resources, "kubernetes:external-secrets.io/v1:ExternalSecret", "keys-key").inputs;
    assert.deepEqual(spec, {
      secretStoreRef: { kind: "SecretStore", name: "team" },
      refreshPolicy: "Periodic",
      refreshInterval: "60m",
      target: { creationPolicy: "Owner", immutable: false, template: { metadata: { labels } } },
      data: [{ secretKey: "KEY", remoteRef: { key: "shop" } }],
    });
  });

  it("that are sealed are opened under a name of their own [DP-34]", async () => {
    const { resources, keys } = await make({ API_KEY: { sealed } });
    const annotations = { "sealedsecrets.bitnami.com/namespace-wide": "true" };
    assert.deepEqual(find(resources, "kubernetes:bitnami.com/v1alpha1:SealedSecret", "keys-api-key").inputs, {
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: {
        name: "keys-api-key-1a2b3c4d",
        namespace: "shop",
        labels,
        annotations: { ...annotations, "pulumi.com/waitFor": "condition=Synced" },
      },
      spec: {
        encryptedData: { API_KEY: sealed },
        template: { type: "Opaque", immutable: true, metadata: { labels, annotations } },
      },
    });
    assert.deepEqual(await where(keys), ["API_KEY: keys-api-key-1a2b3c4d API_KEY"]);
  });

  it("that stand in the namespace are referred to, and nothing is made", async () => {
    const { resources, keys } = await make({ API_KEY: { existing: { name: "stripe-2026", key: "secret-key" } } });
    assert.deepEqual(names(resources), ["Secrets keys"]);
    assert.deepEqual(await where(keys), ["API_KEY: stripe-2026 secret-key"]);
  });

  it("reach an app's pods, wherever they are [AV-35]", async () => {
    const resources = await declared({ stack: "prod" }, () => {
      const environment = { system: "shop", stage: "production", namespace: "shop" };
      const secrets = {
        JWT_SECRET: { generate: 64, rotate: "2026-11-01", overlap: "first" },
        API_KEY: { existing: { name: "stripe-2026", key: "secret-key" } },
      };
      new palier.App("api", { environment, image, secrets });
    });
    const { env } = find(resources, "kubernetes:apps/v1:Deployment", "api").inputs.spec.template.spec.containers[0];
    const from = (variable: string, name: string, key: string) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name, key } },
    });
    assert.deepEqual(env, [
      from("JWT_SECRET", "api-secrets-values-1a2b3c4d", "JWT_SECRET"),
      from("JWT_SECRET_OVERLAP", "api-secrets-values-1a2b3c4d", "JWT_SECRET_OVERLAP"),
      from("API_KEY", "stripe-2026", "secret-key"),
    ]);
  });
});

describe("a rotation", () => {
  const passwords = async (values: palier.SecretsArgs["values"]) => {
    const { resources } = await make(values);
    return resources.filter(({ type }) => type.endsWith(":RandomPassword")).map(({ name }) => name);
  };

  it("makes a value of its own, and none before it keeps the first one's name [MP-129 DP-91]", async () => {
    assert.deepEqual(await passwords({ JWT_SECRET: { generate: 64 } }), ["keys-JWT_SECRET"]);
    assert.deepEqual(await passwords({ JWT_SECRET: { generate: 64, rotate: "2026-11-01" } }), [
      "keys-JWT_SECRET-2026-11-01",
    ]);
  });

  it("that overlaps another keeps that one's value valid beside its own [MP-129 DP-91]", async () => {
    const before = { generate: 64, rotate: "2026-05-01", overlap: "first" };
    const after = { generate: 64, rotate: "2026-11-01", overlap: "2026-05-01" };
    assert.deepEqual(await passwords({ JWT_SECRET: before }), ["keys-JWT_SECRET", "keys-JWT_SECRET-2026-05-01"]);
    assert.deepEqual(await passwords({ JWT_SECRET: after }), [
      "keys-JWT_SECRET-2026-05-01",
      "keys-JWT_SECRET-2026-11-01",
    ]);
    const { resources } = await make({ JWT_SECRET: after });
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", "keys-values").inputs;
    assert.deepEqual(Object.keys(stringData), ["JWT_SECRET", "JWT_SECRET_OVERLAP"]);
    assert.match(stringData.JWT_SECRET, /^made-keys-JWT_SECRET-2026-11-01/);
    assert.match(stringData.JWT_SECRET_OVERLAP, /^made-keys-JWT_SECRET-2026-05-01/);
  });

  it("that is named by its day is told to the rule about old secrets, the oldest of a Secret [P-25 DP-91]", async () => {
    const annotations = async (...rotations: string[]) => {
      const values = rotations.map((rotate, index) => [`KEY_${index}`, { generate: 32, rotate }]);
      const { resources } = await make(Object.fromEntries(values));
      return find(resources, "kubernetes:core/v1:Secret", "keys-values").inputs.metadata.annotations;
    };
    assert.deepEqual(await annotations("2026-11-01", "2026-05-01"), { "palier.dev/rotated-at": "2026-05-01" });
    assert.equal(await annotations("second"), undefined);
  });
});
