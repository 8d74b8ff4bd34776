/** What a pod is for. Jobs never share an app's selector: its Service and HPA would count them. */
export type Component =
  | "app"
  | "worker"
  | "task"
  | "postgres"
  | "redis"
  | "mongo"
  | "objects"
  | "migration"
  | "access"
  | "hook"
  | "monitoring"
  | "backup"
  | "pooler"
  | "drill"
  | "restore";

export const environmentLabel = "palier.dev/environment";
/** Which of the releases beside each other a pod is of: the first letters of its image's digest, or {@link rollingSlot}. */
export const slotLabel = "palier.dev/slot";
/** The slot of what is replaced in place. */
export const rollingSlot = "rolling";
/** Annotation of what leads traffic to a release: the slot that the engine, and nobody else, has committed. */
export const releaseAnnotation = "palier.dev/release";
/** Annotation of the list of good releases: the image of the last one. */
export const imageAnnotation = "palier.dev/image";
/** Annotation of a release's Deployment once the engine has seen it made; without it, nobody keeps track of it. */
export const trackedAnnotation = "palier.dev/tracked";
/** Annotation of an app's record while a release is made: who makes it, and since when. */
export const holderAnnotation = "palier.dev/holder";
/** Which of an app's processes a pod runs, beside the one that serves. */
export const processLabel = "palier.dev/process";
/** Annotation of an object that is made after another: that one's id, which the engine has to wait for. */
export const afterAnnotation = "palier.dev/after";
/** Annotation of what migrates a schema: the command that takes it back, or `restore` for the last backup. */
export const rollbackAnnotation = "palier.dev/rollback";
/** Annotation of what migrates a schema: `expand` adds to it, `contract` takes away what only older versions use. */
export const phaseAnnotation = "palier.dev/migration-phase";
/** Label of pods: the lowest schema that their code works on, as a number that is counted up. */
export const schemaLabel = "palier.dev/schema";
/** Annotation of the Secret with an app's address of a database: which one it is, as `db/shop`. */
export const databaseAnnotation = "palier.dev/database";
/** Annotation of what stands still while a schema changes: how it was before, which is its replicas or whether it was suspended. */
export const pausedAnnotation = "palier.dev/paused";
/** Of the pods by which cert-manager proves that a host is its own: it makes them for a moment, and no stack has them. */
export const challengeLabel = "acme.cert-manager.io/http01-solver";

export interface Identity {
  /** The component's own name: `api`. */
  name: string;
  component: Component;
  /** The system it belongs to: `avnir`. */
  system: string;
  /** The environment it runs in: `dev`. */
  stage: string;
}

/** Labels of every object. Changing one of those that {@link selector} uses replaces workloads: they are frozen. */
export function labels({ name, component, system, stage }: Identity): Record<string, string> {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/part-of": system,
    "app.kubernetes.io/managed-by": "palier",
    [environmentLabel]: stage,
  };
}

/** The frozen contract by which a workload finds its pods. */
export function selector({ name, component }: Pick<Identity, "name" | "component">): Record<string, string> {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/component": component,
    ...(component === "app" ? { [slotLabel]: rollingSlot } : {}),
  };
}
