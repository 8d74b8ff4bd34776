import type { Rendered } from "../../render/rendered.ts";

const workloads = ["Deployment", "StatefulSet", "DaemonSet", "CronJob"];

/** The container that a component's workload runs; undefined where it has none. */
export function containerOf(rendered: Rendered, component: string): Container | undefined {
  const [workload] = workloads.flatMap((kind) => rendered.objects(kind, component));
  const { template } = workload?.["spec"]?.jobTemplate?.spec ?? workload?.["spec"] ?? {};
  return template?.spec.containers[0];
}

interface Container {
  image?: string;
  command?: string[];
  ports?: { containerPort: number }[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: object } }[];
  envFrom?: { configMapRef?: { name: string } }[];
}

/** The variables that a component's process is given: those in clear by name, those of a Secret by name alone. */
export function variablesOf(rendered: Rendered, component: string) {
  const { env = [], envFrom = [] } = containerOf(rendered, component) ?? {};
  const maps = envFrom.flatMap(({ configMapRef }) => (configMapRef ? [configMapRef.name] : []));
  const declared = maps.flatMap((name) =>
    rendered.objects("ConfigMap").filter(({ metadata }) => metadata.name === name),
  );
  const data = declared.map((map) => map["data"] as Record<string, string>);
  const own = env.filter(({ valueFrom }) => !valueFrom).map(({ name, value = "" }) => [name, value]);
  return {
    open: { ...Object.assign({}, ...data), ...Object.fromEntries(own) } as Record<string, string>,
    secret: env.filter(({ valueFrom }) => valueFrom?.secretKeyRef).map(({ name }) => name),
  };
}
