import { imageReference } from "../images/imageReference.ts";
import { containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

export type Engine = "postgres" | "redis" | "mysql" | "mongo";

const images: readonly (readonly [Engine, RegExp])[] = [
  ["postgres", /^(postgres|postgresql|postgis|postgresql-repmgr|timescaledb|timescaledb-ha|pgvector|spilo(-\d+)?)$/],
  ["redis", /^(redis|redis-stack|redis-stack-server|valkey|keydb|dragonfly)$/],
  ["mysql", /^(mysql|mysql-server|mariadb|percona|percona-server)$/],
  ["mongo", /^(mongo|mongodb|mongodb-community-server|mongodb-enterprise-server)$/],
];
const ports: Readonly<Record<string, Engine>> = { 5432: "postgres", 6379: "redis", 3306: "mysql", 27017: "mongo" };
export const databasePorts = new Set(Object.keys(ports));

/** They hand on what the database says, and keep nothing. */
const pooler = /^(pgbouncer|pgcat|odyssey|pgpool|pgpool-ii|proxysql|twemproxy|haproxy|envoy|cloud-?sql-proxy)/;

const kinds = new Set(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Rollout", "Pod"]);

/** The containers of a workload that run beside each other: no init containers but sidecars. */
export function serving(workload: KubernetesObject): Field[] {
  return containers(workload)
    .map(({ field }) => field)
    .filter((field) => !/ephemeralContainers\[/.test(field.path))
    .filter((field) => !/initContainers\[/.test(field.path) || field.at("restartPolicy").text === "Always");
}

/**
 * The database that a workload runs, or is the pooler of, by the name of its image or the ports that it says it has;
 * `unknown` while it says neither.
 */
export function engineOf(workload: KubernetesObject): Engine | "unknown" | undefined {
  if (!kinds.has(workload.kind)) return undefined;
  const found = serving(workload).map(
    (container) => engineOfImage(container.at("image").text) ?? engineOfPorts(container),
  );
  return found.find((engine) => engine !== undefined && engine !== "unknown") ?? found.find((engine) => engine);
}

/** The database that an image holds, by its name. */
export function engineOfImage(image: string | undefined): Engine | undefined {
  const name = nameOfImage(image);
  return images.find(([, pattern]) => pattern.test(name))?.[0];
}

function engineOfPorts(container: Field): Engine | "unknown" | undefined {
  const stated = container.at("ports").items();
  const engine = stated.map((port) => ports[port.at("containerPort").text ?? ""]).find((one) => one !== undefined);
  if (engine !== undefined) return engine;
  const open = stated.length === 0 ? container.at("image").unknown : stated.some((p) => p.at("containerPort").unknown);
  return open ? "unknown" : undefined;
}

export function isPooler(workload: KubernetesObject): boolean {
  return serving(workload).some((container) => pooler.test(nameOfImage(container.at("image").text)));
}

/** `postgres` of `registry.example/team/postgres:17@sha256:…`. */
function nameOfImage(text = ""): string {
  return imageReference(text).repository.split("/").at(-1) ?? "";
}

/** CloudNativePG's Cluster: a Postgres whose pods its operator makes. */
export function isPostgresCluster({ kind, root }: KubernetesObject): boolean {
  return kind === "Cluster" && (root.at("apiVersion").text ?? "").startsWith("postgresql.cnpg.io/");
}
