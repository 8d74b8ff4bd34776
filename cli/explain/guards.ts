/** Arguments of a component, by their path or the beginning of it, and the rules that judge what becomes of them. */
type Guards = Readonly<Record<string, readonly string[]>>;

const image = ["immutable-image-tag", "only-configured-images", "image-scanned", "staging-before-production"];
const sizes = {
  "resources.cpu": ["cpu-requests", "autoscaled-pods-have-requests"],
  "resources.memory": ["memory-limits", "memory-requests"],
};
const secrets = ["no-plaintext-secrets", "secret-min-length", "secrets-isolated", "no-default-credentials"];
const variables = ["no-plaintext-secrets", "no-debug-in-production", "no-open-cors", "env-isolation", "https-urls"];

/** What guards each kind of component. A rule that judges a component whole, such as by its labels, is not told here. */
export const guards: Readonly<Record<string, Guards>> = {
  Environment: {
    stage: ["cluster-of-environment"],
    namespace: ["namespace-denies-by-default", "no-reserved-namespace"],
  },
  App: {
    image,
    variables,
    secrets,
    links: ["env-isolation", "database-role-is-modest", "postgres-ssl"],
    featureFlags: ["flag-promotion"],
    "health.live": ["liveness-probe", "probes-differ"],
    "health.ready": ["readiness-probe", "probes-differ"],
    "migrate.command": ["no-prisma-db-push"],
    "migrate.rollback": ["migration-rollback-declared"],
    "scale.min": ["zero-downtime-rollout", "autoscaler-range", "disruption-budget-leaves-room"],
    "scale.max": ["autoscaler-range", "connections-fit-the-database"],
    shutdown: ["grace-covers-pre-stop"],
    progressDeadlineSeconds: ["probes-end-before-the-deadline"],
    user: ["not-user-zero", "run-as-non-root"],
    nodePort: ["no-node-port"],
    ...sizes,
  },
  Postgres: { image, databases: ["env-isolation"], ...sizes },
  Redis: { image, ...sizes },
  Secrets: { values: secrets },
  Migration: {
    image,
    command: ["no-prisma-db-push"],
    rollback: ["migration-rollback-declared"],
    variables,
    user: ["not-user-zero", "run-as-non-root"],
  },
};

/** The rules that guard an argument: those of the longest path that it lies at or below. */
export function guardsOf(kind: string, argument: string): readonly string[] {
  const about = Object.entries(guards[kind] ?? {}).filter(
    ([path]) => argument === path || argument.startsWith(`${path}.`),
  );
  return about.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? [];
}
