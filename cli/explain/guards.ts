/** Arguments of a component, by their path or the beginning of it, and the rules that judge what becomes of them. */
type Guards = Readonly<Record<string, readonly string[]>>;

const image = ["immutable-image-tag", "release-is-recorded", "image-scanned", "staging-before-production"];
const secrets = ["secret-min-length", "secrets-isolated", "no-default-credentials"];
const variables = ["no-plaintext-secrets", "no-debug-in-production", "no-open-cors", "env-isolation", "https-urls"];

const sizes: Guards = {
  "resources.cpu": ["cpu-requests"],
  "resources.memory": ["memory-limits", "memory-requests"],
};

const process: Guards = {
  image,
  variables,
  secrets,
  user: ["not-user-zero"],
  writablePaths: ["empty-dir-size"],
  ...sizes,
};

const replicas: Guards = {
  "resources.cpu": ["cpu-requests", "autoscaled-pods-have-requests"],
  "scale.min": ["autoscaler-range"],
  "scale.max": ["autoscaler-range"],
  "scale.cpuPercent": ["autoscaler-range"],
  "health.startSeconds": ["probes-end-before-the-deadline"],
  progressDeadlineSeconds: ["probes-end-before-the-deadline"],
};

/** What guards each kind of component. A rule that judges a component whole, such as by its labels, is not told here. */
export const guards: Readonly<Record<string, Guards>> = {
  Environment: { namespace: ["no-reserved-namespace"] },
  App: {
    ...process,
    ...replicas,
    links: ["env-isolation", "postgres-ssl"],
    pools: ["connections-fit-the-database"],
    "scale.min": ["autoscaler-range", "zero-downtime-rollout"],
    "scale.max": ["autoscaler-range", "connections-fit-the-database"],
    featureFlags: ["flag-promotion"],
    "health.live": ["liveness-probe"],
    "health.ready": ["readiness-probe"],
    "edge.host": ["ingress-hosts"],
    "edge.tls": ["ingress-tls", "gateway-tls"],
    "edge.cors": ["no-open-cors"],
    shutdown: ["grace-covers-pre-stop"],
    "migrate.command": ["no-prisma-db-push"],
    "migrate.rollback": ["migration-rollback-declared"],
  },
  Worker: {
    ...process,
    ...replicas,
    "health.live": ["liveness-probe"],
    "health.heartbeat": ["liveness-probe"],
  },
  CronTask: { ...process, pools: ["connections-fit-the-database"], schedule: ["schedule-is-valid"] },
  Postgres: { image, ...sizes },
  Redis: { image, ...sizes },
  Secrets: { values: secrets },
  Migration: {
    image,
    command: ["no-prisma-db-push"],
    rollback: ["migration-rollback-declared"],
    user: ["not-user-zero"],
  },
};

/** A part of a component that is declared as another one is: `workers.mail.scale.min` of an App. */
const parts: Readonly<Record<string, string>> = { workers: "Worker", tasks: "CronTask" };

/** The rules that guard an argument: those of the longest path that it lies at or below. */
export function guardsOf(kind: string, argument: string): readonly string[] {
  const [, part = "", within = ""] = /^(\w+)\.[^.]+\.(.+)$/.exec(argument) ?? [];
  if (kind === "App" && parts[part]) return guardsOf(parts[part], within);
  const about = Object.entries(guards[kind] ?? {}).filter(
    ([path]) => argument === path || argument.startsWith(`${path}.`),
  );
  return about.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? [];
}
