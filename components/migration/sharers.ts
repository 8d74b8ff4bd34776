import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { databaseAnnotation, schemaLabel } from "../../core/labels.ts";
import { atWork, imagesOf } from "./ownPods.ts";

/** A contraction, as far as others on its database are asked for it. */
interface Contraction {
  app: string;
  image: string;
  /** From which schema on nobody uses what is taken away. */
  needs?: number;
  /** Names of the Secrets that the migration reads, of which one leads to the database. */
  secrets: string[];
}

/** Refuses a contraction, with the pod's name, while one of another app on its database may use what is taken away. */
export async function refuseSharers(cluster: Cluster, { app, image, needs, secrets }: Contraction): Promise<void> {
  const databases = await databasesBySecret(cluster);
  const own = new Set(secrets.flatMap((name) => databases.get(name) ?? []));
  for (const pod of await atWork(cluster)) {
    if (imagesOf(pod, app, image).length > 0 || !isWorkload(pod)) continue;
    const shared = secretsOf(pod).flatMap((name) => databases.get(name) ?? []);
    const database = shared.find((one) => own.has(one));
    if (database !== undefined) refuseOlder(pod, database, needs);
  }
}

/** Which Secrets lead to which database: those of an app's links to Postgres say so. */
async function databasesBySecret(cluster: Cluster): Promise<Map<string, string>> {
  const told = (await cluster.list("Secret")).flatMap(({ metadata }) => {
    const database = metadata.annotations?.[databaseAnnotation];
    return database === undefined ? [] : [[metadata.name, database] as const];
  });
  return new Map(told);
}

/** What goes by the schema that it was written for. Backups, restores and their drills take any. */
function isWorkload({ metadata }: Live): boolean {
  const component = metadata.labels?.["app.kubernetes.io/component"];
  return component === undefined || ["app", "worker", "task"].includes(component);
}

function secretsOf({ spec }: Live): string[] {
  const containers: { env?: { valueFrom?: { secretKeyRef?: { name: string } } }[] }[] = spec?.containers ?? [];
  return containers.flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.name ?? []));
}

function refuseOlder({ metadata }: Live, database: string, needs: number | undefined): void {
  const says = metadata.labels?.[schemaLabel];
  if (needs !== undefined && says !== undefined && Number(says) >= needs) return;
  const told = says === undefined ? "says no schema" : `says schema ${says}`;
  const owner = metadata.labels?.["app.kubernetes.io/name"] ?? "its app";
  const remedy =
    needs === undefined
      ? "give migrate.needs, the schema from which on nobody uses what is taken away, and each app on the database its schema"
      : `release ${owner} with schema: ${needs} or more first`;
  throw new Error(
    `the contraction takes away what others may use, and pod ${metadata.name} uses ${database} too and ${told}: ${remedy}`,
  );
}
