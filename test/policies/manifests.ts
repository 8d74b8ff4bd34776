import type { Resource } from "./preview.ts";

const digest = `@sha256:${"a".repeat(64)}`;

/** An image that every environment accepts. */
export const image = `registry.example/api${digest}`;

type Variables = Record<string, unknown>;

/** Variables as Kubernetes lists them; an object is a `valueFrom`. */
export function env(variables: Variables): object[] {
  return Object.entries(variables).map(([name, value]) =>
    typeof value === "object" && value !== null && !("value" in value) ? { name, valueFrom: value } : { name, value },
  );
}

/** A pod spec with one container, by default one that no rule objects to. */
export function podSpec(container: object = {}, rest: object = {}): object {
  return { containers: [{ name: "api", image, ...container }], ...rest };
}

const templates: Record<string, (spec: unknown) => object> = {
  "core/v1:Pod": (spec) => ({ spec }),
  "core/v1:PodTemplate": (spec) => ({ template: { spec } }),
  "batch/v1:CronJob": (spec) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
};

export const workloadTypes = [
  "core/v1:Pod",
  "core/v1:PodTemplate",
  "core/v1:ReplicationController",
  "apps/v1:Deployment",
  "apps/v1:StatefulSet",
  "apps/v1:DaemonSet",
  "apps/v1:ReplicaSet",
  "batch/v1:Job",
  "batch/v1:CronJob",
  "argoproj.io/v1alpha1:Rollout",
];

export function workload(spec: unknown, type = "apps/v1:Deployment", metadata: object = {}): Resource {
  const template = templates[type] ?? ((inner: unknown) => ({ spec: { template: { spec: inner } } }));
  return object(type, template(spec), { name: "api", ...metadata });
}

/** A Deployment whose only container is given these fields. */
export function deployment(container: object, metadata: object = {}): Resource {
  return workload(podSpec(container), "apps/v1:Deployment", metadata);
}

/** A Deployment with these variables. */
export function withEnv(variables: Variables): Resource {
  return deployment({ env: env(variables) });
}

export function configMap(data: unknown, name = "settings"): Resource {
  return object("core/v1:ConfigMap", { data }, { name });
}

export function secretObject(fields: object, metadata: object = {}): Resource {
  return object("core/v1:Secret", fields, { name: "keys", ...metadata });
}

export function object(type: string, fields: object, metadata: object | string = { name: "web" }): Resource {
  const [apiVersion, kind] = type.split(":");
  return {
    type: `kubernetes:${type}`,
    name: (kind ?? "").toLowerCase(),
    props: { apiVersion: apiVersion?.replace("core/", ""), kind, metadata, ...fields },
  };
}

export function ingress(annotations: unknown): Resource {
  return object("networking.k8s.io/v1:Ingress", { spec: { rules: [{ host: "avnir.example" }] } }, {
    name: "web",
    annotations,
  } as object);
}
