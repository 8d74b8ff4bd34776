import { createHash } from "node:crypto";

/** A Kubernetes object as `kubectl` takes it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: object;
    readonly annotations: object;
  };
  readonly [field: string]: unknown;
}

/** What one app of a system is made of. */
export const objectsOfApp = 10;
const namespace = "shop-production";
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * A system of this many objects in one namespace, app by app; the apps read a ConfigMap that they share.
 * @param careless Every so many apps is one that nobody took care of, the first one included.
 */
export function system(objects: number, careless = 10): Manifest[] {
  const apps = Array.from({ length: Math.ceil(objects / objectsOfApp) }, (_, index) =>
    app(`app-${index}`, index % careless === 0),
  );
  return apps.flat().slice(0, objects);
}

function app(name: string, careless: boolean): Manifest[] {
  const labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "shop" };
  const web = { ...labels, "app.kubernetes.io/component": "web" };
  const of = (apiVersion: string, kind: string, fields: object, role = "", annotations = {}): Manifest => ({
    apiVersion,
    kind,
    metadata: { name: name + role, namespace, labels, annotations },
    ...fields,
  });
  const podSelector = { matchLabels: web };
  const from = [{ podSelector: { matchLabels: { "app.kubernetes.io/part-of": "shop" } } }];
  const dns = [{ protocol: "UDP", port: 53 }];
  return [
    of("v1", "ServiceAccount", { automountServiceAccountToken: false }),
    of("v1", "ConfigMap", { data: settings() }),
    of("v1", "Secret", { type: "Opaque", stringData: { password: digest(name), token: digest(`${name} token`) } }),
    of("apps/v1", "Deployment", {
      spec: { selector: podSelector, template: { metadata: { labels: web }, spec: pod(name, web, careless) } },
    }),
    of("v1", "Service", { spec: { selector: web, ports: [{ name: "http", port: 80, targetPort: "http" }] } }),
    of("networking.k8s.io/v1", "NetworkPolicy", {
      spec: { podSelector, policyTypes: ["Ingress"], ingress: [{ from, ports: [{ port: 8080 }] }] },
    }),
    of(
      "networking.k8s.io/v1",
      "NetworkPolicy",
      {
        spec: {
          podSelector: { matchLabels: labels },
          policyTypes: ["Egress"],
          egress: [{ to: [{ namespaceSelector: {} }], ports: dns }],
        },
      },
      "-dns",
    ),
    of("policy/v1", "PodDisruptionBudget", { spec: { maxUnavailable: 1, selector: podSelector } }),
    of("autoscaling/v2", "HorizontalPodAutoscaler", { spec: autoscaler(name) }),
    of("batch/v1", "Job", { spec: job(name, labels) }, "-migrate", { "palier.dev/rollback": "node migrate.js down" }),
  ];
}

function settings(): object {
  const file = Array.from({ length: 10 }, (_, line) => `feature_${line}:\n  enabled: true\n  share: ${line * 10}`);
  return { "app.yaml": file.join("\n"), LOG_LEVEL: "info", CORS_ORIGIN: "https://shop.example", REGION: "eu-west-3" };
}

/** 60 variables: plain ones, one that names others, and some read from ConfigMaps and the Secret. */
function variables(name: string): object[] {
  const read = (variable: string, kind: string, object: string, key: string) => ({
    name: variable,
    valueFrom: { [kind]: { name: object, key } },
  });
  return [
    { name: "NODE_ENV", value: "production" },
    { name: "DB_HOST", value: `db.${namespace}.svc` },
    { name: "DB_URL", value: "postgres://$(DB_HOST):5432/shop?sslmode=verify-full" },
    read("LOG_LEVEL", "configMapKeyRef", name, "LOG_LEVEL"),
    read("CORS_ORIGIN", "configMapKeyRef", name, "CORS_ORIGIN"),
    read("SHARED_REGION", "configMapKeyRef", "app-0", "REGION"),
    read("DB_PASSWORD", "secretKeyRef", name, "password"),
    read("API_TOKEN", "secretKeyRef", name, "token"),
    ...Array.from({ length: 52 }, (_, index) => ({ name: `FEATURE_${index}_LIMIT`, value: `${index * 25}` })),
  ];
}

function container(name: string, fields: object): object {
  return {
    name,
    image: `registry.example/shop/${name}@sha256:${digest(name)}`,
    imagePullPolicy: "IfNotPresent",
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    ...fields,
  };
}

function pod(name: string, matchLabels: object, careless: boolean): object {
  const probe = (path: string) => ({ httpGet: { path, port: "http" }, periodSeconds: 10, timeoutSeconds: 2 });
  const fields = {
    ports: [{ name: "http", containerPort: 8080 }],
    env: variables(name),
    readinessProbe: probe("/ready"),
    livenessProbe: probe("/live"),
    volumeMounts: [{ name: "scratch", mountPath: "/tmp" }],
  };
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 30,
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels },
      },
    ],
    containers: [{ ...container(name, fields), ...(careless ? { image: `${name}:latest`, securityContext: {} } : {}) }],
    volumes: [{ name: "scratch", emptyDir: { sizeLimit: "64Mi" } }],
  };
}

function autoscaler(name: string): object {
  const resource = { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } };
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas: 2,
    maxReplicas: 6,
    metrics: [{ type: "Resource", resource }],
  };
}

function job(name: string, labels: object): object {
  const spec = {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    restartPolicy: "Never",
    securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
    containers: [container("migrate", { command: ["node", "migrate.js", "up"], env: variables(name).slice(0, 8) })],
  };
  return {
    backoffLimit: 2,
    activeDeadlineSeconds: 600,
    template: { metadata: { labels: { ...labels, "app.kubernetes.io/component": "migrate" } }, spec },
  };
}
