import type { Stage } from "./stage.ts";

/** What an environment means. Components take their defaults from this table and policies enforce the same one. */
export interface Profile {
  /** Replicas of an app: at least, and at most under load. */
  readonly replicas: { readonly min: number; readonly max: number };
  /** Seconds a new pod of an app must have stayed ready before a rollout counts on it. */
  readonly minReadySeconds: number;
  /** Seconds for which a new release has all traffic before it counts, where it stands beside the old one. */
  readonly bakeSeconds: number;
  /** Least severe level an app logs. */
  readonly logLevel: "debug" | "info";
  /** Debug switches may be on. */
  readonly debug: boolean;
  /** Every image must be pinned by digest. Elsewhere an explicit tag is enough. */
  readonly imagesByDigest: boolean;
  /** `pulumi destroy` refuses to remove the namespace, and volumes outlive their database. */
  readonly deletionProtection: boolean;
  /** Hours until it may be taken away; undefined where it stays. */
  readonly ttlHours?: number;
  /** Whether an app with an `slo` is watched: `required` asks the cluster for the Prometheus operator's kinds. */
  readonly monitoring: "required" | "skip";
  /** Size of a Postgres volume, a Kubernetes quantity. */
  readonly postgresStorage: string;
  /** Size of a persistent Redis volume, a Kubernetes quantity. */
  readonly redisStorage: string;
  /** Requests and limit of a Postgres instance. */
  readonly postgresResources: Resources;
}

/** CPU request, and memory as both request and limit: memory can't be taken back from a pod, CPU can. */
export interface Resources {
  /** CPU request, a Kubernetes quantity. No CPU limit is set: it would only throttle. */
  readonly cpu: string;
  /** Memory request and limit, a Kubernetes quantity. */
  readonly memory: string;
}

const staging: Profile = {
  replicas: { min: 2, max: 4 },
  minReadySeconds: 10,
  bakeSeconds: 10,
  logLevel: "info",
  debug: false,
  imagesByDigest: true,
  deletionProtection: true,
  monitoring: "required",
  postgresStorage: "5Gi",
  redisStorage: "1Gi",
  postgresResources: { cpu: "100m", memory: "512Mi" },
};

const dev: Profile = {
  replicas: { min: 1, max: 1 },
  minReadySeconds: 0,
  bakeSeconds: 5,
  logLevel: "debug",
  debug: true,
  imagesByDigest: false,
  deletionProtection: false,
  monitoring: "skip",
  postgresStorage: "1Gi",
  redisStorage: "1Gi",
  postgresResources: { cpu: "50m", memory: "256Mi" },
};

export const profiles: Readonly<Record<Stage, Profile>> = {
  dev,
  review: { ...dev, ttlHours: 168 },
  staging,
  production: {
    ...staging,
    replicas: { min: 2, max: 10 },
    minReadySeconds: 75,
    bakeSeconds: 60,
    postgresStorage: "20Gi",
    postgresResources: { cpu: "500m", memory: "2Gi" },
  },
};

/** What a system has otherwise than the profile says: each field left out is the profile's. */
export type Overrides = { readonly [Field in keyof Profile]?: Partial<Profile[Field]> };

/** What an environment means to a system. A floor under the replicas lifts their ceiling, if need be. */
export function profileOf(stage: Stage, overrides: Overrides = {}): Profile {
  const own = profiles[stage];
  const replicas = { ...own.replicas, ...known(overrides.replicas) };
  const max = overrides.replicas?.max ?? Math.max(replicas.min, replicas.max);
  return {
    ...own,
    ...known(overrides),
    replicas: { ...replicas, max },
    postgresResources: { ...own.postgresResources, ...known(overrides.postgresResources) },
  };
}

/** Without what is there and undefined. */
function known<Given extends object>(given: Given | undefined): Partial<Given> {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Given>;
}
