import type { Manifest } from "../../policies/offline/example.ts";

export type { Manifest };

type Fields = Readonly<Record<string, unknown>>;

/** What every container has that names no other. */
export const image = `registry.example/api@sha256:${"a".repeat(64)}`;

export function manifest(kind: string, fields: Fields = {}, metadata: Fields = {}): Manifest {
  return { kind, metadata: { name: "web", namespace: "shop", ...metadata }, ...fields };
}

/** A Deployment whose pod has these fields. */
export function withPod(spec: Fields, metadata: Fields = {}, deployment: Fields = {}): Manifest {
  const pod = { containers: [{ name: "api", image }], ...spec };
  const template = { metadata: { labels: { app: "web" }, ...metadata }, spec: pod };
  return manifest("Deployment", { spec: { ...deployment, template } });
}

/** A Deployment whose one container has these fields. */
export function withContainer(fields: Fields, pod: Fields = {}): Manifest {
  return withPod({ ...pod, containers: [{ name: "api", image, ...fields }] });
}

export const withSecurity = (securityContext: Fields, pod: Fields = {}) => withContainer({ securityContext }, pod);

/** The same pod in a CronJob: what is true of one workload is of all. */
export function inCronJob({ spec }: Manifest): Manifest {
  const { template } = spec as { template: unknown };
  return manifest("CronJob", { spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template } } } });
}

/** The same workload as Argo Rollouts has it: its pods are judged as those of a Deployment. */
export function asRollout(given: Manifest, strategy?: object): Manifest {
  const { spec, ...rest } = given as Manifest & { spec: object };
  return { ...rest, kind: "Rollout", spec: { ...spec, ...(strategy && { strategy }) } };
}

/** A patch of that object: what it leaves out means nothing. */
export function patch(given: Manifest): Manifest {
  return { ...given, kind: `${given.kind}Patch` };
}
