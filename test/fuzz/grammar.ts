import { stageNames } from "../../core/stage.ts";
import type * as palier from "../../index.ts";
import { flag, input, type Kind, leaf, list, map, object, whole } from "./kind.ts";
import {
  canary,
  capital,
  cpu,
  database,
  dataKey,
  extension,
  file,
  flagName,
  folder,
  host,
  image,
  labelKey,
  labelValue,
  memory,
  metric,
  name,
  objectName,
  oneOf,
  path,
  processName,
  schedule,
  text,
  timeZone,
} from "./words.ts";

const stage = oneOf([...Object.values(stageNames).flat(), "review", "pr-1", "pr-99999", "Production"]);

const plain = object<palier.EnvironmentRef>("EnvironmentRef", { system: name(40), stage, namespace: input(name(63)) }, [
  "system",
  "stage",
  "namespace",
]);

/** A component passes for its plain data: what else it has is nobody's business. */
const environment: Kind = {
  ...plain,
  beyond: (random) => {
    const bad = plain.beyond(random);
    return Object.hasOwn(Object(bad.value), "surely") ? environment.beyond(random) : bad;
  },
};

const resources = object<palier.ResourcesArgs>("ResourcesArgs", { cpu, memory });
const secretKey = object<palier.SecretKey>("SecretKey", { name: input(objectName), key: dataKey }, ["name", "key"]);
const configMapKey = object<palier.ConfigMapKey>("ConfigMapKey", { name: input(objectName), key: dataKey }, [
  "name",
  "key",
]);
const command = (least: number) => list(text(4096), least, 4);
const variables = map(capital(128), input(text(128 * 1024 - 200)));
const deadlineSeconds = whole(1, 3600);
const rollback = text(1024);
const user = whole(1, 65535);

const link = object<palier.Link>(
  "Link",
  {
    host: input(host),
    port: whole(1, 65535),
    selector: map(labelKey, labelValue, 1),
    ready: input(text(1000)),
    address: input(text(4096)),
    secret: secretKey,
    postgres: object<palier.PostgresLink>(
      "PostgresLink",
      { database, admin: secretKey, authority: configMapKey, image: input(image), extensions: list(extension, 0, 3) },
      ["database", "admin", "authority", "image", "extensions"],
    ),
  },
  ["host", "port", "selector", "ready", "secret"],
);

const generated = object<palier.SecretArgs>(
  "SecretArgs",
  { generate: whole(16, 256), config: flag, minLength: whole(1, 4096) },
  ["generate"],
);

/** Exactly one way; a secret itself in the place of its description is what people write in a hurry. */
const secret: Kind = {
  ...generated,
  within: (random) => {
    const { minLength, generate } = generated.within(random) as palier.SecretArgs;
    return random.chance(0.5) ? { generate, minLength } : { config: true, minLength };
  },
  beyond: (random) => {
    const bad = [
      canary,
      { generate: canary },
      { config: canary },
      { generate: 20, config: true },
      {},
      { config: false },
    ];
    return random.chance(0.5) ? { value: random.pick(bad), path: "" } : notConfigured(random);
  },
};

function notConfigured(random: Parameters<Kind["beyond"]>[0]) {
  const beyond = generated.beyond(random);
  return beyond.path === ".config" ? { value: { config: "yes" }, path: ".config" } : beyond;
}

const secrets = map(capital(63), secret);

const process = {
  variables,
  size: oneOf(["small", "medium", "large"]),
  resources,
  writablePaths: map(folder, memory),
};

const scaled = {
  min: whole(1, 1000),
  max: whole(2, 1000),
  cpuPercent: whole(1, 100),
  memoryPercent: whole(1, 90),
  requestsPerSecond: whole(1, 100_000),
  queue: object<palier.QueueArgs>(
    "QueueArgs",
    { metric, labels: map(labelKey, labelValue), perReplica: whole(1, 1_000_000) },
    ["metric", "perReplica"],
  ),
  upSeconds: whole(0, 3600),
  downSeconds: whole(0, 3600),
};

/** A worker is sent no requests. */
const noRequests = leaf(
  () => undefined,
  (random) => random.pick([1, 100, "1", null]),
);

const workload = {
  environment,
  image: input(image),
  command: command(0),
  ...process,
  secrets,
  // As long as leaves room for a name of 40 characters before it.
  links: map(capital(9), link),
  featureFlags: map(flagName, flag),
  existing: object<palier.ExistingArgs>("ExistingArgs", {
    serviceAccount: objectName,
    configMaps: list(objectName, 0, 2),
    secrets: list(objectName, 0, 2),
  }),
  user,
};

const migrating = object<palier.MigrateArgs>(
  "MigrateArgs",
  {
    command: command(1),
    tool: oneOf(["prisma", "alembic", "knex"]),
    file: leaf(
      () => undefined,
      (random) => random.pick(["", "a b", "$(id)", 1, null]),
    ),
    rollback,
    phase: oneOf(["expand", "contract"]),
    deadlineSeconds,
  },
  ["command"],
);

/** Exactly one of a command and a tool. */
const migrate: Kind = {
  ...migrating,
  within: (random) => {
    const { command, tool, ...rest } = migrating.within(random) as palier.MigrateArgs;
    return tool === undefined ? { ...rest, command } : { ...rest, tool };
  },
};

const replicated = {
  scale: scale(),
  spread: list(labelKey, 0, 2),
  // Less than the deadline, whichever is given.
  minReadySeconds: { ...whole(0, 9), beyond: whole(0, 3599).beyond },
  progressDeadlineSeconds: whole(10, 3600),
};

/** A start fits into the deadline, whichever is given. */
const startSeconds = { ...whole(1, 10), beyond: whole(1, 3600).beyond };

const workerHealth = object<palier.WorkerHealthArgs>("WorkerHealthArgs", {
  live: command(1),
  heartbeat: object<palier.HeartbeatArgs>("HeartbeatArgs", { file, withinSeconds: whole(2, 3600) }, ["file"]),
  ready: command(1),
  startSeconds,
});

const workerProcess = {
  ...process,
  ...replicated,
  scale: scale({ requestsPerSecond: noRequests }),
  health: notBoth(workerHealth, "live", "heartbeat"),
  drainSeconds: whole(1, 3600),
  metricsPort: whole(1024, 65535),
};

const taskProcess = {
  ...process,
  schedule,
  timeZone,
  startingDeadlineSeconds: whole(10, 86_400),
  concurrency: oneOf(["forbid", "replace", "allow"]),
  history: object<palier.HistoryArgs>("HistoryArgs", { succeeded: whole(0, 100), failed: whole(0, 100) }),
  suspend: flag,
  deadlineSeconds: whole(1, 86_400),
  retries: whole(0, 10),
};

export const components = {
  Environment: object<palier.EnvironmentArgs>("EnvironmentArgs", {
    stage,
    namespace: name(63),
    context: leaf(
      (random) => random.pick(["kind", "someone@cluster/é", "a b"]),
      (random) => random.pick([null, 1, {}, []]),
    ),
    kubeconfig: text(1_000_000),
  }),
  Secrets: object<palier.SecretsArgs>("SecretsArgs", { environment, values: secrets }, ["environment", "values"]),
  Postgres: object<palier.PostgresArgs>(
    "PostgresArgs",
    {
      environment,
      image: input(image),
      databases: map(database, object<palier.DatabaseArgs>("DatabaseArgs", { extensions: list(extension, 0, 3) })),
      storage: memory,
      resources,
    },
    ["environment", "image", "databases"],
  ),
  Redis: object<palier.RedisArgs>(
    "RedisArgs",
    { environment, image: input(image), purpose: oneOf(["queue", "cache", "session"]), storage: memory, resources },
    ["environment", "image", "purpose"],
  ),
  Migration: object<palier.MigrationArgs>(
    "MigrationArgs",
    {
      environment,
      app: name(40),
      image: input(image),
      command: command(1),
      rollback,
      phase: oneOf(["expand", "contract"]),
      variables,
      secrets: map(capital(128), secretKey),
      authorities: map(capital(48), configMapKey),
      deadlineSeconds,
      user,
      after: input(text(1000)),
    },
    ["environment", "app", "image", "command", "variables", "secrets", "authorities", "after"],
  ),
  App: object<palier.AppArgs>(
    "AppArgs",
    {
      ...workload,
      ...replicated,
      port: whole(1024, 65535),
      health: object<palier.HealthArgs>("HealthArgs", {
        live: path,
        start: path,
        startSeconds,
        ready: path,
        verify: path,
      }),
      migrate,
      shutdown: object<palier.ShutdownArgs>("ShutdownArgs", {
        preStopSeconds: whole(0, 600),
        drainSeconds: whole(1, 3600),
        webSocketSeconds: whole(1, 3600),
      }),
      nodePort: whole(1, 65535),
      // They are tried as the components of which they are parts; no worker and no task are named alike.
      workers: map(
        processName("w"),
        object<palier.AppWorkerArgs>("WorkerArgs", { ...workerProcess, command: command(1) }, ["command"]),
      ),
      afterRelease: map(
        processName("h"),
        object<palier.HookArgs>("HookArgs", { command: command(1), deadlineSeconds, retries: whole(0, 10) }, [
          "command",
        ]),
      ),
      tasks: map(
        processName("t"),
        object<palier.AppTaskArgs>("CronTaskArgs", { ...taskProcess, command: command(1) }, ["command", "schedule"]),
      ),
    },
    ["environment", "image"],
  ),
  Worker: object<palier.WorkerArgs>("WorkerArgs", { ...workload, ...workerProcess, migrate }, ["environment", "image"]),
  CronTask: object<palier.CronTaskArgs>("CronTaskArgs", { ...workload, ...taskProcess }, [
    "environment",
    "image",
    "schedule",
  ]),
};

export type ComponentName = keyof typeof components;

/** Those that an app makes for itself may be longer by their role; an app's leaves room for its processes' names. */
export function nameOf(component: ComponentName): Kind {
  if (component === "App") return { ...name(40), within: name(30).within };
  return name(component === "Secrets" || component === "Migration" ? 48 : 40);
}

/** `max` is `min` at least, and so is its default; where they are the same, there is nothing to aim at. */
function scale(targets: Partial<Record<keyof palier.ScaleArgs, Kind>> = {}): Kind {
  const kind = object<palier.ScaleArgs>("ScaleArgs", { ...scaled, ...targets });
  return {
    ...kind,
    within: (random) => {
      const { min, max, ...rest } = kind.within(random) as palier.ScaleArgs;
      const within = min === 1000 ? 999 : min;
      return { ...rest, min: within, max: max && Math.max(max, (within ?? 2) + 1) };
    },
  };
}

/** Arguments of which one excludes the other: what is wrong with one is told before that both are there. */
function notBoth(kind: Kind, one: string, other: string): Kind {
  return {
    ...kind,
    within: (random) => {
      const { [one]: first, [other]: second, ...rest } = kind.within(random) as Record<string, unknown>;
      if (first !== undefined && (second === undefined || random.chance(0.5))) return { ...rest, [one]: first };
      return second === undefined ? rest : { ...rest, [other]: second };
    },
  };
}
