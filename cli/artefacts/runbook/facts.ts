import { rollbackAnnotation } from "../../../core/labels.ts";
import type { Component } from "../../../render/declared.ts";
import type { Manifest } from "../../../render/manifest.ts";
import { counted, type Place } from "../place.ts";

/** One app that serves. */
export interface AppFacts {
  readonly name: string;
  /** Where its image's digest stands in the stack's configuration. */
  readonly imageKey: string;
  readonly url?: string;
  readonly verify: string;
}

/** One store of data. */
export interface StoreFacts {
  readonly name: string;
  readonly kind: string;
  readonly imageKey: string;
  readonly port: number | undefined;
}

/** How the schema of one app comes to be. */
export interface MigrationFacts {
  readonly app: string;
  /** What its Job's name begins with. */
  readonly job: string;
  readonly up: string;
  /** How it is taken back: a command, or `restore`. */
  readonly back: string;
}

/** What a runbook has to know of an environment. */
export interface Facts {
  readonly project: string;
  readonly stack: string;
  readonly namespace: string;
  readonly apps: readonly AppFacts[];
  /** Names of all that is a Deployment, processes of apps included. */
  readonly deployments: readonly string[];
  readonly stores: readonly StoreFacts[];
  readonly migrations: readonly MigrationFacts[];
  /** Names of what is saved, and the hours that may be lost and that a restore may take. */
  readonly backups: readonly { name: string; rpoHours: string; rtoHours: string }[];
}

const stores = ["Postgres", "Redis", "Mongo", "ObjectStore"];

/** Undefined where no app serves: there is nothing to run a book for. */
export function factsOf({ project, rendered, addresses }: Place): Facts | undefined {
  const { stack, components, manifests } = rendered;
  const own = (...kinds: string[]) => components.filter(({ kind }) => kinds.includes(kind));
  const apps = own("App").map((app) => {
    const found = addresses.find((one) => one.app === app.name);
    const verify = counted(app, "health.verify") ?? "/health";
    return { name: app.name, imageKey: keyOf(project, app), ...(found ? { url: found.url } : {}), verify };
  });
  const [namespace] = rendered.objects("Namespace").map(({ metadata }) => metadata.name);
  if (apps.length === 0 || !namespace) return undefined;
  return {
    ...{ project, stack, namespace, apps },
    deployments: rendered.objects("Deployment").map(({ metadata }) => metadata.name),
    stores: own(...stores).map((store) => ({
      name: store.name,
      kind: store.kind,
      imageKey: keyOf(project, store),
      port: rendered.objects("Service", store.name)[0]?.["spec"].ports[0]?.port,
    })),
    migrations: manifests.flatMap(migrationIn),
    backups: own("Backup").map((backup) => ({
      name: backup.name,
      rpoHours: counted(backup, "rpoHours") ?? "",
      rtoHours: counted(backup, "rtoHours") ?? "",
    })),
  };
}

/** As the program read it, or as the systems here call it. */
function keyOf(project: string, { name, values }: Component): string {
  return values.find(({ argument }) => argument === "image")?.key ?? `${project}:images.${name}`;
}

function migrationIn({ kind, metadata, spec }: Manifest): MigrationFacts[] {
  const annotations = metadata["annotations"] as Record<string, string> | undefined;
  const back = annotations?.[rollbackAnnotation];
  if (kind !== "Job" || back === undefined) return [];
  const { metadata: pod, spec: inner } = spec.template;
  const app = pod.labels["app.kubernetes.io/name"];
  return [{ app, job: metadata.name.replace(/[0-9a-f]{8}$/, ""), up: inner.containers[0].command.join(" "), back }];
}
