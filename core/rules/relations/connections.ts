import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import { settingsOnCommandLine } from "../reading/commandLine.ts";
import { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import { addressesOf, isTold, tellers } from "./addresses.ts";
import { engineOf, isPooler, isPostgresCluster, serving } from "./databases.ts";
import { environmentOf } from "./environment.ts";
import { overflow, poolSize, processes } from "./poolSize.ts";
import { atOnce, scales } from "./replicaCount.ts";
import { advisedInStaging } from "./stages.ts";

/** Postgres' own default. */
const usualMost = 100;

export const connectionBudget = ruleWith(
  {
    id: "connections-fit-the-database",
    description: "A Postgres takes all the connections that the pools of its clients may open, at their most replicas.",
    why: "At the peak, when an autoscaler has added its last pod, the database would refuse new connections.",
    severity: "high",
    levels: advisedInStaging,
    relation: true,
    parameters: z.strictObject({
      reserve: z.int().min(0).default(10).describe("connections kept for migrations, backups and people"),
      assumed: z.int().min(0).default(0).describe("pool of a client that states none; 0: such a client is not counted"),
    }),
  },
  ({ object, inventory }, { reserve, assumed }) => {
    const limit = limitOf(object, inventory);
    if (!limit || object.partial) return [];
    const clients = clientsOf(object, inventory, assumed);
    const known = clients.filter(({ connections }) => connections !== undefined);
    const sum = known.reduce((total, { connections }) => total + Number(connections), 0);
    const { field, most } = limit;
    if (clients.length > 0 && most === undefined) return [notDecided(field)];
    if (most !== undefined && sum > most - reserve) {
      const shares = known.map(({ title, connections }) => `${title} ${connections}`).join(", ");
      const problem = `allows ${most} connections, ${reserve} of them kept, and clients may open ${sum} (${shares})`;
      return [finding(field, { problem, fix: "make the pools smaller, allow more, or put a pooler in between" })];
    }
    return known.length < clients.length ? [notDecided(field)] : [];
  },
);

/** How many connections a server takes, and where it says so; none for what is no Postgres, or says it in a file. */
function limitOf(
  object: KubernetesObject,
  inventory: Inventory,
): { field: Field; most: number | undefined } | undefined {
  if (isPostgresCluster(object)) {
    const field = object.root.at("spec", "postgresql", "parameters", "max_connections");
    return { field, most: field.unknown ? undefined : Number(field.text ?? usualMost) };
  }
  if (engineOf(object) !== "postgres") return undefined;
  if (isPooler(object)) return clientsOfPooler(object, inventory);
  const container =
    serving(object).find((one) => /postg|timescale|spilo/.test(one.at("image").text ?? "")) ?? serving(object)[0]!;
  const written = settingsOnCommandLine({ name: undefined, field: container }, (text) => text);
  const stated = written.find(({ name }) => name === "max_connections" || name === "max-connections" || name === "N");
  const variable = environmentOf(object, container, inventory).variables.get("POSTGRESQL_MAX_CONNECTIONS");
  const found = stated?.value ?? variable;
  const open = written.find(({ value }) => value.unknown);
  if (found || open) {
    const { path, text } = found ?? open!.value;
    return {
      field: new Field(found?.raw ?? open!.value.raw, path),
      most: text === undefined ? undefined : Number(text),
    };
  }
  return written.some(({ name }) => name === "config_file")
    ? undefined
    : { field: container.at("args"), most: usualMost };
}

/** What a pooler takes by `MAX_CLIENT_CONN`, in each of its pods; none where it says so in a file. */
function clientsOfPooler(
  object: KubernetesObject,
  inventory: Inventory,
): { field: Field; most: number | undefined } | undefined {
  const [container] = serving(object);
  const stated = container && environmentOf(object, container, inventory).variables.get("MAX_CLIENT_CONN");
  if (!stated) return undefined;
  const pods = atOnce(object, inventory);
  return { field: stated, most: stated.unknown || pods === undefined ? undefined : Number(stated.text) * pods };
}

interface Client {
  readonly title: string;
  /** Undefined while a part of it is not known. */
  readonly connections: number | undefined;
}

/** The workloads that are told the server's address and say how large their pools are. */
function clientsOf(server: KubernetesObject, inventory: Inventory, assumed: number): Client[] {
  const addresses = addressesOf(server, inventory);
  const pods = inventory.all().filter((one) => (scales(one) || one.kind === "CronJob") && one.root !== server.root);
  const apps = pods.flatMap((workload) =>
    serving(workload).flatMap((container): Client[] => {
      const environment = environmentOf(workload, container, inventory);
      const told = isTold(environment, addresses);
      const variables = tellers(environment, addresses);
      const pool = poolSize(environment, variables) ?? (assumed > 0 ? assumed : undefined);
      if (told === "no" || pool === undefined) return [];
      const counts = [pool, overflow(environment, variables), processes(environment), atOnce(workload, inventory)];
      const [size, more, each, replicas] = counts as [number, number, number, number];
      const known = told === "yes" && counts.every((count) => typeof count === "number");
      return [{ title: titleOf(workload), connections: known ? (size + more) * each * replicas : undefined }];
    }),
  );
  return [...apps, ...inventory.sharing(server, "Pooler").flatMap((pooler) => poolerOf(pooler, server))];
}

/** CloudNativePG's Pooler: PgBouncer, with 20 connections a pod by default. */
function poolerOf(pooler: KubernetesObject, server: KubernetesObject): Client[] {
  const spec = pooler.root.at("spec");
  if (spec.at("cluster", "name").text !== server.name || !isPostgresCluster(server)) return [];
  const [instances, size] = [spec.at("instances"), spec.at("pgbouncer", "parameters", "default_pool_size")];
  const known = !instances.unknown && !size.unknown;
  return [
    { title: titleOf(pooler), connections: known ? Number(instances.text ?? 1) * Number(size.text ?? 20) : undefined },
  ];
}
