/** Where Traefik is reached: ports of the node, which are the same on 127.0.0.1 of the machine. */
export interface EdgePorts {
  http: number;
  https: number;
}

export const edgeNamespace = "traefik";
/** Its entry points, as its chart has them. */
export const entryPorts = { http: 8000, https: 8443 };

const name = "traefik";
const labels = { "app.kubernetes.io/name": name };
const metadata = { name, namespace: edgeNamespace, labels };

/** What runs Traefik on the node and lets it read what it serves, and no more. */
export function edgeObjects(image: string, ports: EdgePorts): object[] {
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: edgeNamespace } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name, labels }, rules },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name, labels },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: [{ kind: "ServiceAccount", name, namespace: edgeNamespace }],
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name, labels },
      spec: { controller: "traefik.io/ingress-controller" },
    },
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name, labels },
      spec: { controllerName: "traefik.io/gateway-controller" },
    },
    { apiVersion: "v1", kind: "Service", metadata, spec: service(ports) },
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: deployment(image) },
  ];
}

const read = ["get", "list", "watch"];
const gatewayKinds = [
  "gatewayclasses",
  "gateways",
  "httproutes",
  "grpcroutes",
  "referencegrants",
  "backendtlspolicies",
];

/** As its own manual has it, without what only its traces need. */
const rules = [
  { apiGroups: [""], resources: ["services", "secrets", "nodes", "configmaps", "namespaces"], verbs: read },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses", "ingressclasses"], verbs: read },
  { apiGroups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
  { apiGroups: ["traefik.io"], resources: ["*"], verbs: read },
  { apiGroups: ["gateway.networking.k8s.io"], resources: gatewayKinds, verbs: read },
  {
    apiGroups: ["gateway.networking.k8s.io"],
    resources: gatewayKinds.map((kind) => `${kind}/status`),
    verbs: ["update"],
  },
];

function service({ http, https }: EdgePorts): object {
  return {
    type: "NodePort",
    selector: labels,
    ports: [
      { name: "web", port: 80, targetPort: entryPorts.http, nodePort: http },
      { name: "websecure", port: 443, targetPort: entryPorts.https, nodePort: https },
    ],
  };
}

function deployment(image: string): object {
  const probe = { httpGet: { path: "/ping", port: 8080 }, periodSeconds: 1 };
  const container = {
    name,
    image,
    args: flags,
    ports: [...Object.values(entryPorts), 8080].map((containerPort) => ({ containerPort })),
    readinessProbe: probe,
    livenessProbe: { ...probe, periodSeconds: 10, failureThreshold: 6 },
    resources: { requests: { cpu: "50m", memory: "96Mi" }, limits: { memory: "512Mi" } },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  };
  return {
    replicas: 1,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        serviceAccountName: name,
        securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
        containers: [container],
        volumes: [{ name: "tmp", emptyDir: {} }], // where its middleware `buffering` keeps bodies that are too large for memory
      },
    },
  };
}

const flags = [
  "--global.checknewversion=false",
  "--global.sendanonymoususage=false",
  `--entrypoints.web.address=:${entryPorts.http}`,
  `--entrypoints.websecure.address=:${entryPorts.https}`,
  // Its own 60 s would cut off an upload that takes longer, rollout or not.
  ...["web", "websecure"].map((one) => `--entrypoints.${one}.transport.respondingtimeouts.readtimeout=600s`),
  "--ping=true",
  "--providers.kubernetesingress=true",
  "--providers.kubernetescrd=true",
  "--providers.kubernetesgateway=true",
];
