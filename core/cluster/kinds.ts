/** Where each kind that a release touches is found: nothing has to be asked for first. */
export const kinds = {
  Pod: ["v1", "pods"],
  Service: ["v1", "services"],
  ConfigMap: ["v1", "configmaps"],
  Secret: ["v1", "secrets"],
  Event: ["v1", "events"],
  ResourceQuota: ["v1", "resourcequotas"],
  Deployment: ["apps/v1", "deployments"],
  ReplicaSet: ["apps/v1", "replicasets"],
  StatefulSet: ["apps/v1", "statefulsets"],
  Job: ["batch/v1", "jobs"],
  CronJob: ["batch/v1", "cronjobs"],
  HorizontalPodAutoscaler: ["autoscaling/v2", "horizontalpodautoscalers"],
  Ingress: ["networking.k8s.io/v1", "ingresses"],
  IngressRoute: ["traefik.io/v1alpha1", "ingressroutes"],
  HTTPRoute: ["gateway.networking.k8s.io/v1", "httproutes"],
  Rollout: ["argoproj.io/v1alpha1", "rollouts"],
  Canary: ["flagger.app/v1beta1", "canaries"],
  TraefikService: ["traefik.io/v1alpha1", "traefikservices"],
} as const;

export type Kind = keyof typeof kinds;

export function apiVersionOf(kind: Kind): string {
  return kinds[kind][0];
}

/** Path of a kind in a namespace, and of one object where its name is given. */
export function pathOf(kind: Kind, namespace: string, name?: string): string {
  const [version, plural] = kinds[kind];
  const base = version.includes("/") ? `/apis/${version}` : `/api/${version}`;
  const one = name === undefined ? "" : `/${encodeURIComponent(name)}`;
  return `${base}/namespaces/${encodeURIComponent(namespace)}/${plural}${one}`;
}
