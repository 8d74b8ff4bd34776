/** A value that is bad where an argument leads, and the rule that speaks of it. */
export interface Bad {
  readonly argument: string;
  readonly rule: string;
  /** By field, as `Kind name: path`; undefined takes it away. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What is changed besides, and is not bad by itself. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

const one = (argument: string, rule: string, field: string, value?: unknown): Bad => ({
  argument,
  rule,
  fields: { [field]: value },
});

const image = (pod: string): Bad =>
  one("image", "immutable-image-tag", `${pod}.containers.0.image`, "registry.example/api:latest");

const user = (pod: string): Bad => one("user", "not-user-zero", `${pod}.securityContext.runAsUser`, 0);

function sizes(pod: string): Bad[] {
  const resources = `${pod}.containers.0.resources`;
  return [
    one("resources.cpu", "cpu-requests", `${resources}.requests.cpu`),
    one("resources.memory", "memory-limits", `${resources}.limits.memory`),
    one("resources.memory", "memory-requests", `${resources}.requests.memory`),
  ];
}

/** @param foreign A credential of another environment. */
function secretValues(argument: string, key: string, foreign: string): Bad[] {
  return [
    one(argument, "secret-min-length", key, "short"),
    one(argument, "secrets-isolated", key, foreign),
    one(argument, "no-default-credentials", key, "changeme"),
  ];
}

/** @param variables The ConfigMap that holds its variables. */
function process(
  pod: string,
  variables: string,
  secret: string,
  other: { database: string; credential: string },
): Bad[] {
  return [
    image(pod),
    user(pod),
    ...sizes(pod),
    ...secretValues("secrets", secret, other.credential),
    one("variables", "no-plaintext-secrets", `${variables}.DB_PASSWORD`, "correct-horse-battery"),
    one("variables", "no-debug-in-production", `${variables}.DEBUG`, "true"),
    one("variables", "no-open-cors", `${variables}.CORS_ALLOW_ORIGINS`, "*"),
    one("variables", "env-isolation", `${variables}.DATABASE_NAME`, other.database),
    one("variables", "https-urls", `${variables}.PUBLIC_URL`, "http://avnir.studio"),
    one("writablePaths", "empty-dir-size", `${pod}.volumes.0`, { name: "temporary", emptyDir: {} }),
  ];
}

/** @param name Of the Deployment and its autoscaler. */
function replicas(name: string): Bad[] {
  const pod = `Deployment ${name}: spec.template.spec`;
  const autoscaler = `HorizontalPodAutoscaler ${name}: spec`;
  const late = "probes-end-before-the-deadline";
  return [
    one("resources.cpu", "autoscaled-pods-have-requests", `${pod}.containers.0.resources.requests.cpu`),
    one("scale.min", "autoscaler-range", `${autoscaler}.minReplicas`, 50),
    one("scale.max", "autoscaler-range", `${autoscaler}.maxReplicas`, 1),
    one("scale.cpuPercent", "autoscaler-range", `${autoscaler}.metrics.0.resource.target.averageUtilization`, 0),
    one("health.startSeconds", late, `${pod}.containers.0.startupProbe.failureThreshold`, 5000),
    one("progressDeadlineSeconds", late, `Deployment ${name}: spec.progressDeadlineSeconds`, 10),
  ];
}

function migration(command: string, rollback: string, job: string): Bad[] {
  const container = `Job ${job}: spec.template.spec.containers.0`;
  return [
    one(command, "no-prisma-db-push", `${container}.command`, ["prisma", "db", "push"]),
    one(rollback, "migration-rollback-declared", `Job ${job}: metadata.annotations`, {}),
  ];
}

const api = "Deployment api: spec.template.spec";
const mail = "Deployment mail: spec.template.spec";
const report = "CronJob report: spec.jobTemplate.spec.template.spec";
const variables = "ConfigMap api-variables: data";
const ingress = "Ingress api-edge: spec";
const address = "Secret api-database-url-secret: stringData.app-url";
const production = { database: "staging_db", credential: "sk_test_0123456789abcdef" };
const staging = { database: "dev_db", credential: "sk_live_0123456789abcdef" };

export const bad: Readonly<Record<string, readonly Bad[]>> = {
  Environment: [one("namespace", "no-reserved-namespace", "Deployment api: metadata.namespace", "kube-system")],
  App: [
    ...process(api, variables, "Secret api-secrets-values: stringData.JWT_SECRET", production),
    ...replicas("api"),
    ...migration("migrate.command", "migrate.rollback", "api-migrate-job"),
    one("scale.min", "zero-downtime-rollout", "HorizontalPodAutoscaler api: spec.minReplicas", 1),
    one("links", "env-isolation", address, "postgres://api:correct-horse@db:5432/staging_db"),
    one("links", "postgres-ssl", address, "postgres://api:correct-horse@db:5432/api?sslmode=disable"),
    one("pools", "connections-fit-the-database", `${variables}.DATABASE_POOL_MAX`, "5000"),
    {
      argument: "scale.max",
      rule: "connections-fit-the-database",
      fields: { "HorizontalPodAutoscaler api: spec.maxReplicas": 1000 },
      beside: { [`${variables}.DATABASE_POOL_MAX`]: "5" },
    },
    one("health.live", "liveness-probe", `${api}.containers.0.livenessProbe`),
    one("health.ready", "readiness-probe", `${api}.containers.0.readinessProbe`),
    one("edge.host", "ingress-hosts", `${ingress}.rules.0.host`),
    one("edge.tls", "ingress-tls", `${ingress}.tls`),
    {
      argument: "edge.tls",
      rule: "gateway-tls",
      fields: { [ingress]: { listeners: [{ name: "http", protocol: "HTTP" }] }, "Ingress api-edge: kind": "Gateway" },
    },
    one("edge.cors", "no-open-cors", "Middleware api-edge-headers: spec.headers.accessControlAllowOriginList", ["*"]),
    one("shutdown", "grace-covers-pre-stop", `${api}.terminationGracePeriodSeconds`, 1),
  ],
  Worker: [
    ...process(mail, "ConfigMap mail-variables: data", "Secret mail-secrets-values: stringData.SMTP_PASSWORD", staging),
    ...replicas("mail"),
    one("health.live", "liveness-probe", `${mail}.containers.0.livenessProbe`),
    one("health.heartbeat", "liveness-probe", `${mail}.containers.0.livenessProbe`),
  ],
  CronTask: [
    ...process(
      report,
      "ConfigMap report-variables: data",
      "Secret report-secrets-values: stringData.SIGNING_KEY",
      staging,
    ),
    one("pools", "connections-fit-the-database", "ConfigMap report-variables: data.DATABASE_POOL_MAX", "5000"),
    one("schedule", "schedule-is-valid", "CronJob report: spec.schedule", "61 * * * *"),
  ],
  Postgres: [image("StatefulSet db: spec.template.spec"), ...sizes("StatefulSet db: spec.template.spec")],
  Redis: [image("StatefulSet queue: spec.template.spec"), ...sizes("StatefulSet queue: spec.template.spec")],
  Secrets: secretValues("values", "Secret keys-values: stringData.SESSION_KEY", staging.credential),
  Migration: [
    image("Job api-migrate-job: spec.template.spec"),
    user("Job api-migrate-job: spec.template.spec"),
    ...migration("command", "rollback", "api-migrate-job"),
  ],
};
