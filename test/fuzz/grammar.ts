import { rights } from "../../components/access/rights.ts";
import { stageNames, stages } from "../../core/stage.ts";
import type * as palier from "../../index.ts";
import { analysis, phase, steps } from "./canary.ts";
import { edge, edgeController, within as edgeWithin } from "./edge.ts";
import { flag, input, type Kind, leaf, list, map, object, whole } from "./kind.ts";
import {
  address,
  bucket,
  canary,
  capital,
  channel,
  cidr,
  cpu,
  database,
  dataKey,
  extension,
  file,
  flagName,
  folder,
  folderAddress,
  host,
  hostOutside,
  image,
  issuer,
  labelKey,
  labelValue,
  latency,
  mailbox,
  memory,
  metric,
  metricsPath,
  moment,
  name,
  objectName,
  oneOf,
  path,
  percent,
  place,
  prefix,
  processName,
  recipient,
  redisKeys,
  region,
  rotation,
  schedule,
  sealed,
  storeKey,
  text,
  timeZone,
} from "./words.ts";

const stage = oneOf([...Object.values(stageNames).flat(), "review", "pr-1", "pr-99999", "Production"]);

const resources = object<palier.ResourcesArgs>("ResourcesArgs", { cpu, memory });

/** Above the floors of production, since the stage may be any; fewest replicas and most in one. */
const profile: Kind = within(
  object<palier.ProfileArgs>("ProfileArgs", {
    replicas: {
      ...object<palier.ReplicasArgs>("ReplicasArgs", { min: whole(1, 1000), max: whole(1, 1000) }),
      within: (random) => random.pick([{ min: 2 }, { max: 1000 }, { min: 2, max: 2 }, {}]),
    },
    minReadySeconds: { ...whole(10, 3599), beyond: whole(0, 3599).beyond },
    bakeSeconds: whole(0, 300),
    logLevel: { ...oneOf(["debug", "info"]), within: () => "info" },
    debug: { ...flag, within: () => false },
    imagesByDigest: { ...flag, within: () => true },
    deletionProtection: { ...flag, within: () => true },
    monitoring: oneOf(["required", "skip"]),
    postgresStorage: memory,
    redisStorage: memory,
    postgresResources: resources,
  }),
  3,
);

/** Holds much, and is made wrong as often as so many arguments. */
function within(kind: Kind, size: number): Kind {
  return { ...kind, size };
}

const prometheus = object<palier.PrometheusArgs>("PrometheusArgs", {
  namespace: name(63),
  labels: map(labelKey, labelValue),
  prober: place,
  runbooks: folderAddress,
});

const group = leaf(
  (random) => random.pick(["qa", "oidc:team", "https://id.example/groups/a"]),
  (random) => random.pick(["", "a b", "system:masters", "x".repeat(254), null, 1]),
);

const context = leaf(
  (random) => random.pick(["kind", "someone@cluster/é", "a b"]),
  (random) => random.pick([null, 1, {}, [], "", "x".repeat(1001)]),
);

const plain = object<palier.EnvironmentRef>(
  "EnvironmentRef",
  {
    system: name(40),
    stage,
    namespace: input(name(63)),
    profile,
    priorityClassName: input(objectName),
    edge: edgeController,
    prometheus,
    cluster: object<palier.ClusterArgs>("ClusterArgs", { context, kubeconfig: text(1_000_000) }, ["context"]),
  },
  ["system", "stage", "namespace"],
);

/** A component passes for its plain data: what else it has is nobody's business. */
const environment: Kind = {
  ...plain,
  beyond: (random) => {
    const bad = plain.beyond(random);
    return Object.hasOwn(Object(bad.value), "surely") ? environment.beyond(random) : bad;
  },
};

/** One that says which cluster it is, for who asks that beside the engine. */
const inNamedCluster: Kind = {
  ...environment,
  within: (random) => ({ cluster: { context: "kind" }, ...(environment.within(random) as object) }),
};

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

/** A variable that goes with a link, and no other argument's. */
const beside: Kind = { ...capital(128), within: (random) => `B_${capital(7).within(random)}` };

/** Somebody whom a server knows, and whom it trusts. */
const loginName = leaf(
  (random) => random.pick(["postgres", "supabase_admin", "a".repeat(63)]),
  (random) => random.pick(["", "a b", "a'b", "é", "a".repeat(64)]),
);
const certificates = leaf(
  () => "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
  (random) => random.pick(["", "a", "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"]),
);

const ofPool = (letter: string): Kind => ({ ...beside, within: (random) => `${letter}_${capital(7).within(random)}` });

const poolNames = object<palier.PoolNames>("PoolNames", {
  size: ofPool("S"),
  overflow: ofPool("O"),
  timeout: ofPool("T"),
  recycle: ofPool("R"),
});

const mongoDatabase = leaf(
  (random) => random.pick(["shop", "Shop-1", "a".repeat(63)]),
  (random) => random.pick(["", "admin", "local", "a b", "a/b", "-a", "a".repeat(64), null]),
);

const anyLink = object<palier.Link>(
  "Link",
  {
    kind: name(40),
    name: host,
    environment,
    host: input(host),
    port: whole(1, 65535),
    selector: map(labelKey, labelValue, 1),
    outside: object<palier.OutsideLink>("OutsideLink", { cidrs: list(cidr, 1, 3) }),
    ready: input(text(1000)),
    address: input(text(4096)),
    secret: secretKey,
    variables: map(beside, input(text(4096))),
    secrets: map(beside, secretKey),
    postgres: object<palier.PostgresLink>(
      "PostgresLink",
      {
        database,
        admin: secretKey,
        administrator: loginName,
        maintenance: database,
        authority: configMapKey,
        image: input(image),
        extensions: list(extension, 0, 3),
        owns: flag,
        reads: text(253),
        pooler: object<palier.PostgresPoolerLink>(
          "PostgresPoolerLink",
          { host, selector: map(labelKey, labelValue, 1) },
          ["host", "selector"],
        ),
      },
      ["database", "admin", "authority", "image", "extensions"],
    ),
    mongo: object<palier.MongoLink>("MongoLink", { database: mongoDatabase }, ["database"]),
    rotate: rotation,
    role: oneOf([...rights]),
    pool: object<palier.PoolArgs>(
      "PoolArgs",
      {
        size: whole(1, 10_000),
        overflow: whole(0, 10_000),
        timeoutSeconds: whole(1, 3600),
        recycleSeconds: whole(1, 86_400),
        names: poolNames,
      },
      ["size"],
    ),
  },
  ["kind", "name", "host", "port", "selector", "ready", "secret"],
);

/** To pods, or to what is outside; rotated where it leads to a database. */
const link: Kind = {
  ...anyLink,
  within: (random) => {
    const { selector, outside, rotate, role, ...rest } = anyLink.within(random) as palier.Link;
    const roled = rest.postgres?.owns ? {} : { role };
    return { ...rest, ...(outside ? { outside } : { selector }), ...(rest.postgres ? { rotate, ...roled } : {}) };
  },
};

/** An app of the same environment. */
const page: Kind = {
  ...anyLink,
  within: (random) => {
    const { outside: _, environment: __, rotate: ___, role: ____, ...rest } = anyLink.within(random) as palier.Link;
    return { ...rest, kind: "app", selector: { app: "page" } };
  },
};

const external = object<palier.ExternalSecretArgs>(
  "ExternalSecretArgs",
  {
    store: objectName,
    clusterStore: objectName,
    key: storeKey,
    property: storeKey,
    version: storeKey,
    refreshMinutes: whole(1, 44640),
  },
  ["store", "key"],
);

const kinds = {
  generate: whole(16, 256),
  config: flag,
  existing: secretKey,
  external: oneStore(),
  sealed,
  minLength: whole(1, 4096),
  rotate: rotation,
  overlap: rotation,
};

/** Exactly one way; a secret itself in the place of its description is what people write in a hurry. */
function source(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const all = kind.within(random) as palier.SecretSource;
      const { existing, external, sealed, minLength, rotate } = all;
      const one = random.pick(["generate", "config", "existing", "external", "sealed"]);
      if (one === "generate") return generated(random, all);
      if (one === "existing" && existing) return { existing };
      if (one === "external" && external) return { external, rotate };
      if (one === "sealed" && sealed) return { sealed };
      return { config: true, minLength };
    },
    beyond: (random) => (random.chance(0.2) ? random.pick(incoherent) : kind.beyond(random)),
  };
}

function generated(random: Parameters<Kind["within"]>[0], { generate = 64, rotate, overlap }: palier.SecretSource) {
  const minLength = random.chance(0.5) ? random.whole(1, generate) : undefined;
  return {
    generate: Math.max(generate, minLength ?? 16),
    minLength,
    rotate,
    overlap: overlap === rotate ? undefined : overlap,
  };
}

const incoherent = [
  ...[canary, {}, { config: false }, { generate: 20, config: true }].map((value) => ({ value, path: "" })),
  { value: { generate: canary }, path: ".generate" },
  { value: { config: canary }, path: ".config" },
  { value: { generate: 20, minLength: 21 }, path: ".generate" },
  { value: { sealed: canary }, path: ".sealed" },
  { value: { existing: { name: "a", key: "b" }, minLength: 20 }, path: ".minLength" },
  { value: { config: true, rotate: "2026" }, path: ".rotate" },
  { value: { external: { store: "a", key: "b" }, overlap: "2026" }, path: ".overlap" },
  { value: { generate: 20, rotate: "2026", overlap: "2026" }, path: ".overlap" },
  { value: { external: { key: "a" } }, path: ".external" },
  { value: { external: { store: "a", clusterStore: "b", key: "c" } }, path: ".external" },
];

function oneStore(): Kind {
  return {
    ...external,
    within: (random) => {
      const { store, clusterStore, ...rest } = external.within(random) as palier.ExternalSecretArgs;
      return clusterStore === undefined || random.chance(0.5) ? { store, ...rest } : { clusterStore, ...rest };
    },
  };
}

/** Made wrong as often as one argument: it holds the same ones again, and they count as the same. */
const elsewhere: Kind = {
  ...map(oneOf(stages), source(object<palier.SecretSource>("SecretArgs", kinds)), 0, 2),
  size: 1,
};
const secret = source(object<palier.SecretArgs>("SecretArgs", { ...kinds, in: elsewhere }));

const secrets = map(capital(63), secret);

/** As long as leaves room for a name of 40 characters before it, and no variable of another argument's. */
const linkVariable: Kind = { ...capital(7), within: (random) => `L_${capital(7).within(random)}` };

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

const schema = whole(1, 1_000_000_000);

const workload = {
  environment,
  image: input(image),
  command: command(0),
  ...process,
  secrets,
  links: map(linkVariable, link),
  pools: map(linkVariable, whole(1, 10_000)),
  schema,
  featureFlags: map(flagName, flag),
  flagShares: {
    ...map(
      flagName,
      object<palier.FlagShareArgs>("FlagShareArgs", { percent: whole(0, 100), keys: list(text(253), 1, 2) }),
    ),
    within: () => ({ "shared.beta": { percent: 10, keys: ["ada"] } }),
  },
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
    // It needs a contraction, and may not be above the app's own schema.
    needs: leaf(
      () => undefined,
      (random) => random.pick([0, 1.5, "7", null]),
    ),
    deadlineSeconds,
    pause: leaf(
      () => undefined,
      (random) => random.pick([[], ["no-such-process"], [1], "mail", null]),
    ),
    pauseSeconds: leaf(
      () => undefined,
      (random) => random.pick([0, 3601, 1.5, "60", 60]),
    ),
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

const prepared = { smoke: path, smokeSeconds: whole(1, 600) };

/** One of the three; the others ask for an image of which the digest is known, which the tests of them give. */
const rollout: Kind = {
  ...object<palier.RolloutArgs>("RolloutArgs", {
    rolling: object<palier.RollingArgs>("RollingArgs", { undo: flag }),
    blueGreen: object<palier.BlueGreenArgs>("BlueGreenArgs", { ...prepared, bakeSeconds: whole(0, 300) }),
    canary: object<palier.CanaryArgs>("CanaryArgs", { ...prepared, steps, analysis, phase }),
    engine: oneOf(["argoRollouts", "flagger"]),
  }),
  within: (random) => random.pick([{}, { rolling: {} }, { rolling: { undo: false } }, { rolling: { undo: true } }]),
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

const appWorker = object<palier.AppWorkerArgs>("WorkerArgs", { ...workerProcess, command: command(1) }, ["command"]);
const appTask = object<palier.AppTaskArgs>("CronTaskArgs", { ...taskProcess, command: command(1) }, [
  "command",
  "schedule",
]);

const slo = object<palier.SloArgs>(
  "SloArgs",
  {
    availability: percent,
    latency,
    bounds: object<palier.BoundsArgs>("BoundsArgs", {
      errorPercent: percent,
      latency,
      cpuPercent: whole(1, 1000),
      memoryPercent: whole(1, 100),
    }),
    metricsPath,
    probe: address,
  },
  ["availability"],
);

const monitoring = object<palier.MonitoringArgs>(
  "MonitoringArgs",
  {
    environment,
    receivers: someone(
      object<palier.ReceiversArgs>("ReceiversArgs", {
        slack: object<palier.SlackArgs>("SlackArgs", { channel, webhook: secretKey }, ["channel", "webhook"]),
        pagerDuty: object<palier.PagerDutyArgs>("PagerDutyArgs", { routingKey: secretKey }, ["routingKey"]),
        email: object<palier.EmailArgs>(
          "EmailArgs",
          { to: mailbox, from: mailbox, server: place, username: mailbox, password: secretKey },
          ["to", "from", "server", "password"],
        ),
      }),
    ),
    volumePercent: whole(1, 100),
  },
  ["environment", "receivers"],
);

/** One receiver at least. */
function someone(receivers: Kind): Kind {
  return {
    ...receivers,
    within: (random) => {
      const given = receivers.within(random) as palier.ReceiversArgs;
      return Object.keys(given).length > 0
        ? given
        : { pagerDuty: { routingKey: secretKey.within(random) as palier.SecretKey } };
    },
    beyond: (random) => (random.chance(0.1) ? { value: {}, path: "" } : receivers.beyond(random)),
  };
}

const store = object<palier.BackupStoreArgs>(
  "BackupStoreArgs",
  {
    endpoint: link,
    region,
    bucket,
    prefix,
    credentials: object<palier.StoreCredentialsArgs>("StoreCredentialsArgs", { id: secretKey, secret: secretKey }, [
      "id",
      "secret",
    ]),
  },
  ["endpoint", "region", "bucket", "credentials"],
);

const restore = object<palier.RestoreArgs>(
  "RestoreArgs",
  {
    image: input(image),
    from: store,
    identity: secretKey,
    at: moment,
    environment: oneOf(["dev", "staging", "production"]),
    server: name(40),
    mask: { ...text(65_536), within: () => "UPDATE public.people SET email = ''" },
    storage: memory,
    deadlineSeconds: whole(60, 86_400),
  },
  ["image", "from", "identity"],
);

const time = leaf(
  (random) => random.pick(["2026-11-20T02:00:00Z", "2024-02-29T23:59:59.999999Z"]),
  (random) => random.pick(["", "latest", "2026-11-20", "2026-13-01T00:00:00Z", null, 1]),
);

const postgresCluster = object<palier.PostgresClusterArgs>("PostgresClusterArgs", {
  instances: whole(1, 9),
  synchronous: whole(0, 8),
  walStorage: memory,
  user: whole(1, 65_535),
  archive: object<palier.PostgresArchiveArgs>(
    "PostgresArchiveArgs",
    { to: store, schedule, keepDays: whole(1, 3650), encryption: oneOf(["AES256", "aws:kms", "none"]) },
    ["to"],
  ),
  restore: object<palier.PostgresRecoveryArgs>(
    "PostgresRecoveryArgs",
    { from: store, server: name(40), targetTime: time },
    ["from"],
  ),
  operator: object<palier.PostgresOperatorArgs>("PostgresOperatorArgs", {
    namespace: name(63),
    apiServerCidrs: list(cidr, 1, 3),
    apiServerPorts: list(whole(1, 65_535), 1, 3),
  }),
});

const poolerSetting = leaf(
  (random) => random.pick(["query_wait_timeout", "server_idle_timeout", "a".repeat(63)]),
  (random) => random.pick(["", "Verbose", "auth_type", "pool_mode", "max_client_conn", "a".repeat(64), "a b"]),
);

const postgresPooler = object<palier.PostgresPoolerArgs>(
  "PostgresPoolerArgs",
  {
    image: input(image),
    mode: oneOf(["transaction", "session"]),
    size: whole(1, 1000),
    clients: whole(10, 20_000),
    instances: whole(1, 10),
    resources,
    parameters: map(
      poolerSetting,
      leaf(
        () => "30",
        (random) => random.pick(["a\nb", "a".repeat(1001), null, 1]),
      ),
    ),
  },
  ["image"],
);

const bound = leaf(
  (random) => random.pick([-1e15, 1e15, 0, 0.5, random.whole(0, 1e6)]),
  (random) => random.pick([Number.NaN, Number.POSITIVE_INFINITY, 2e15, "1", null]),
);
const collection = leaf(
  (random) => random.pick(["orders", "orders.of-2026", "é", "a".repeat(120)]),
  (random) => random.pick(["", "system.users", "a b", "$a", "-a", "a".repeat(121), null]),
);
const assertionKind = object<palier.AssertionArgs>(
  "AssertionArgs",
  { sql: text(4096), collection, query: text(4096), atLeast: bound, atMost: bound },
  ["sql"],
);
/** What a Postgres is asked. */
const assertion: Kind = {
  ...assertionKind,
  within: (random) => {
    const { collection: _, query: __, ...asked } = assertionKind.within(random) as palier.AssertionArgs;
    return { ...asked, atLeast: 1 };
  },
};

/** More often than what may be lost, whatever that is. */
const frequent: Kind = { ...schedule, within: (random) => random.pick(["0 2 * * *", "*/5 * * * *", "0 1-23/6 * * *"]) };

/** Where production may keep backups too. */
const endpoint = { kind: "outside", name: "s3", host: "s3", port: 443, ready: "", outside: {}, address: "https://s3" };

const server = name(40);
const keep = object<palier.KeepArgs>("KeepArgs", { days: whole(1, 3650), atLeast: whole(1, 1000) }, ["days"]);

/** A database of the same environment goes to a store outside. */
function saving(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const { of, to, ...args } = kind.within(random) as palier.BackupArgs;
      const postgres = of.postgres ?? {
        database: "a",
        admin: { name: "a", key: "a" },
        authority: { name: "a", key: "a" },
        image: "a",
        extensions: [],
      };
      const environment = of.environment && args.environment;
      return { ...args, of: { ...of, name: server.within(random), environment, postgres }, to: { ...to, endpoint } };
    },
  };
}

/** What is restored has a name, and comes from a store outside. */
function filling(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const args = kind.within(random) as palier.MongoArgs;
      const { restore, database = "shop" } = args;
      return restore ? { ...args, database, restore: { ...restore, from: { ...restore.from, endpoint } } } : args;
    },
  };
}

/** Spelled like one of Postgres', and none that decides who gets in. */
const parameter = leaf(
  (random) => random.pick(["work_mem", "jit", "pg_stat_statements.track", "a".repeat(63)]),
  (random) => random.pick(["", "Work_mem", "work-mem", "ssl", "fsync", "max_connections", "a".repeat(64), "a b"]),
);

/**
 * Names leave the pods of a restore room for theirs, another environment's backup is masked, and there is memory for the
 * connections.
 */
function restoring(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const { databases, ...given } = kind.within(random) as palier.PostgresArgs;
      const { external, environment, image } = given;
      if (given.connections !== undefined && !external) given.resources = { ...given.resources, memory: "32Gi" };
      const { cluster, pooler, ...one } = given;
      const pooled =
        pooler && Object.keys(databases).length > 0 ? { pooler: { ...pooler, size: 1, instances: 1 } } : {};
      const alone = external ? { external, environment, image } : { ...one, ...pooled };
      const args = external || !cluster ? alone : { ...one, ...clustered(cluster), ...pooled };
      const entries = Object.entries(databases).map(([name, { restore, ...rest }]) => {
        if (!restore || external || cluster?.restore || name.length > 11) return [name, rest];
        const mask = restore.mask ?? "UPDATE public.people SET email = ''";
        return [name, { ...rest, restore: { ...restore, mask, from: { ...restore.from, endpoint } } }];
      });
      return { ...args, databases: Object.fromEntries(entries) };
    },
  };
}

/** As many replicas as can be waited for, an image with its version, and archives where both may be. */
function clustered({ synchronous: _, archive, restore, ...cluster }: palier.PostgresClusterArgs) {
  return {
    image: `registry.example/postgresql:17.5@sha256:${"a".repeat(64)}`,
    cluster: {
      ...cluster,
      ...(archive ? { archive: { keepDays: 30, ...archive, to: { ...archive.to, endpoint } } } : {}),
      ...(restore ? { restore: { ...restore, server: "gone", from: { ...restore.from, endpoint } } } : {}),
    },
  };
}

/** Of a server elsewhere, each user has an address there. */
function served(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const { users = {}, external, failover, ...args } = kind.within(random) as palier.RedisArgs;
      const elsewhere = external && { ...external, users: mapped(Object.keys(users), external.address) };
      return { ...args, users, ...(elsewhere ? { external: elsewhere } : { failover }) };
    },
  };
}

/** An endpoint of the same environment with its keys, wherever it is; or nothing but an image, of which no stage is known here. */
function either(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const { image: _, endpoint: __, ...args } = kind.within(random) as palier.ObjectStoreArgs;
      return { ...args, endpoint };
    },
  };
}

/** Built where it may be, else by its reference; which of the two is nothing that a single argument could break. */
function sourced(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const { context: _, ...args } = kind.within(random) as palier.ImageArgs;
      return args;
    },
    beyond: (random) => {
      const bad = kind.beyond(random);
      const args = bad.value as palier.ImageArgs | undefined;
      if (!args || typeof args !== "object" || bad.path.startsWith(".context")) return bad;
      const { context: _, ...value } = args;
      return { ...bad, value };
    },
  };
}

/** Variables of which no two can be one. */
function prefixed(start: string): Kind {
  return { ...capital(128), within: (random) => `${start}${capital(9).within(random)}` };
}

const ofPostgres: Kind = {
  ...link,
  within: (random) => {
    const given = link.within(random) as palier.Link;
    const key = { name: "a", key: "a" };
    const { postgres = { database: "a", admin: key, authority: key, image: "a", extensions: [] } } = given;
    return { ...given, postgres };
  },
};

/** A database of the same environment, and no edge: what stands there is the environment's. */
function owned(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => {
      const { edge: _, database: given, export: saved, ...args } = kind.within(random) as palier.IdentityArgs;
      const { environment, variables, secrets, role, ...link } = given;
      const exported = saved && { export: { ...saved, to: { ...saved.to, endpoint } } };
      return { ...args, ...exported, database: { ...link, environment: environment && args.environment } };
    },
  };
}

function mapped<Value>(keys: string[], value: Value): { [key: string]: Value } {
  return Object.fromEntries(keys.map((key) => [key, value]));
}

/** Of any stage but for what production refuses. */
const people: Kind = {
  ...map(
    oneOf(stages),
    object<palier.PeopleArgs>("PeopleArgs", { view: list(group, 1, 3), edit: list(group, 1, 3) }),
    0,
    3,
  ),
  within: (random) => ({ dev: { edit: [group.within(random)] }, production: { view: [group.within(random)] } }),
};

export const components = {
  Monitoring: monitoring,
  Environment: object<palier.EnvironmentArgs>("EnvironmentArgs", {
    stage,
    namespace: name(63),
    context,
    kubeconfig: text(1_000_000),
    profiles: within(map(oneOf(stages), profile, 0, 2), 3),
    quota: object<palier.QuotaArgs>("QuotaArgs", { cpu, memory, storage: memory, pods: whole(1, 100_000) }),
    containers: containers(),
    priorityClass: object<palier.PriorityClassArgs>(
      "PriorityClassArgs",
      { name: objectName, value: whole(-2_147_483_648, 1_000_000_000) },
      ["name"],
    ),
    prometheus,
    reviewHours: whole(1, 8760),
    edge: edgeController,
    people,
  }),
  Secrets: object<palier.SecretsArgs>("SecretsArgs", { environment, values: secrets }, ["environment", "values"]),
  Postgres: restoring(
    object<palier.PostgresArgs>(
      "PostgresArgs",
      {
        environment,
        image: input(image),
        databases: map(
          database,
          object<palier.DatabaseArgs>("DatabaseArgs", { extensions: list(extension, 0, 3), restore }),
        ),
        external: object<palier.PostgresExternalArgs>(
          "PostgresExternalArgs",
          {
            host: hostOutside,
            port: whole(1, 65535),
            cidrs: list(cidr, 1, 3),
            administrator: loginName,
            password: secretKey,
            authority: input(certificates),
            maintenance: database,
            replica: hostOutside,
          },
          ["host", "administrator", "password", "authority"],
        ),
        storage: memory,
        resources,
        connections: whole(10, 10_000),
        parameters: map(parameter, text(1000)),
        cluster: postgresCluster,
        pooler: postgresPooler,
      },
      ["environment", "image", "databases"],
    ),
  ),
  Backup: saving(
    object<palier.BackupArgs>(
      "BackupArgs",
      {
        environment,
        of: link,
        image: input(image),
        to: store,
        recipients: list(recipient, 1, 3),
        schedule: frequent,
        timeZone,
        keep,
        rpoHours: { ...whole(26, 8760), beyond: whole(1, 8760).beyond },
        rtoHours: whole(1, 720),
        drill: object<palier.DrillArgs>(
          "DrillArgs",
          { schedule, identity: secretKey, assertions: list(assertion, 1, 3), storage: memory, resources },
          ["identity", "assertions"],
        ),
        storage: memory,
        resources,
        deadlineSeconds: whole(60, 86_400),
        alerts: flag,
      },
      ["environment", "of", "image", "to", "recipients", "keep"],
    ),
  ),
  Identity: owned(
    object<palier.IdentityArgs>(
      "IdentityArgs",
      {
        environment,
        image: input(image),
        database: within(ofPostgres, 10),
        url: issuer,
        realms: leaf(
          () => ({ shop: '{"realm":"shop"}' }),
          (random) => random.pick(["shop", [], null, 1]),
        ),
        secrets: { ...secrets, size: 2 },
        export: object<palier.IdentityExportArgs>(
          "IdentityExportArgs",
          { image: input(image), to: store, recipients: list(recipient, 1, 3), schedule, timeZone, keep },
          ["image", "to", "recipients"],
        ),
        scale: scale(),
        resources,
        edge: within(edge(page), 5),
        nodePort: whole(1, 65535),
      },
      ["environment", "image", "database", "url"],
    ),
  ),
  Image: sourced(
    object<palier.ImageArgs>(
      "ImageArgs",
      {
        environment,
        reference: image,
        context: text(1000),
        repository: leaf(
          () => "registry.example/shop/api",
          (random) => random.pick(["", "api", "registry.example/shop/api:1", "registry.example/Shop", null, 1]),
        ),
        dockerfile: leaf(
          (random) => random.pick(["Dockerfile", "docker/api.Dockerfile"]),
          (random) => random.pick(["", "/etc/passwd", "../Dockerfile", "a b", null, 1]),
        ),
        target: leaf(
          () => "production",
          (random) => random.pick(["", "-a", "a b", null, 1]),
        ),
        platform: leaf(
          (random) => random.pick(["linux/amd64", "linux/arm64", "linux/arm/v7"]),
          (random) => random.pick(["amd64", "windows/amd64", "", null, 1]),
        ),
        arguments: map(
          leaf(
            (random) => random.pick(["NODE_IMAGE", "VERSION", "a"]),
            (random) => random.pick(["", "1A", "A-B", "NPM_TOKEN", "DB_PASSWORD"]),
          ),
          text(10_000),
        ),
      },
      ["environment", "reference"],
    ),
  ),
  Mongo: filling(
    object<palier.MongoArgs>(
      "MongoArgs",
      {
        environment,
        host: hostOutside,
        port: whole(1, 65535),
        cidrs: list(cidr, 1, 3),
        address: secretKey,
        database: mongoDatabase,
        restore: object<palier.MongoRestoreArgs>(
          "MongoRestoreArgs",
          {
            image: input(image),
            from: store,
            identity: secretKey,
            at: moment,
            server: name(40),
            storage: memory,
            deadlineSeconds: whole(60, 86_400),
          },
          ["image", "from", "identity"],
        ),
      },
      ["environment", "host", "address"],
    ),
  ),
  ObjectStore: either(
    object<palier.ObjectStoreArgs>(
      "ObjectStoreArgs",
      {
        environment,
        bucket,
        region,
        endpoint: within(link, 10),
        credentials: object<palier.StoreCredentialsArgs>("StoreCredentialsArgs", { id: secretKey, secret: secretKey }, [
          "id",
          "secret",
        ]),
        image: input(image),
        variables: object<palier.StoreVariablesArgs>("StoreVariablesArgs", {
          bucket: prefixed("B_"),
          region: prefixed("R_"),
          id: prefixed("I_"),
          secret: prefixed("S_"),
        }),
        storage: memory,
        resources,
      },
      ["environment", "bucket", "endpoint", "credentials"],
    ),
  ),
  Redis: served(
    object<palier.RedisArgs>(
      "RedisArgs",
      {
        environment,
        image: input(image),
        purpose: oneOf(["queue", "cache", "session"]),
        users: map(processName("u"), object<palier.RedisUserArgs>("RedisUserArgs", { keys: list(redisKeys, 1, 3) })),
        failover: object<palier.RedisFailoverArgs>("RedisFailoverArgs", { proxy: input(image) }, ["proxy"]),
        external: object<palier.RedisExternalArgs>(
          "RedisExternalArgs",
          {
            host: hostOutside,
            port: whole(1, 65535),
            cidrs: list(cidr, 1, 3),
            address: secretKey,
            users: map(processName("u"), secretKey),
          },
          ["host", "address"],
        ),
        storage: memory,
        resources,
      },
      ["environment", "image", "purpose"],
    ),
  ),
  Migration: object<palier.MigrationArgs>(
    "MigrationArgs",
    {
      environment: inNamedCluster,
      app: name(40),
      image: input(image),
      command: command(1),
      rollback,
      phase: oneOf(["expand", "contract"]),
      needs: schema,
      variables,
      secrets: map(capital(128), secretKey),
      authorities: map(capital(48), configMapKey),
      deadlineSeconds,
      pause: object<palier.PauseArgs>("PauseArgs", {
        deployments: list(objectName, 0, 3),
        cronJobs: list(objectName, 0, 3),
        seconds: whole(1, 3600),
      }),
      user,
      after: input(text(1000)),
    },
    ["environment", "app", "image", "command", "variables", "secrets", "authorities", "after"],
  ),
  App: linked(
    object<palier.AppArgs>(
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
        rollout,
        edge: edge(page),
        slo,
        nodePort: whole(1, 65535),
        afterRelease: map(
          processName("h"),
          object<palier.HookArgs>("HookArgs", { command: command(1), deadlineSeconds, retries: whole(0, 10) }, [
            "command",
          ]),
        ),
        // Parts of the components whose arguments they count as, made wrong as often as one argument; no two are named alike.
        workers: { ...map(processName("w"), appWorker), size: 1 },
        tasks: { ...map(processName("t"), appTask), size: 1 },
      },
      ["environment", "image"],
    ),
  ),
  Worker: linked(
    object<palier.WorkerArgs>("WorkerArgs", { ...workload, ...workerProcess, migrate }, ["environment", "image"]),
  ),
  CronTask: linked(
    object<palier.CronTaskArgs>("CronTaskArgs", { ...workload, ...taskProcess }, ["environment", "image", "schedule"]),
  ),
};

export type ComponentName = keyof typeof components;

/** Those that an app makes for itself may be longer by their role; an app's leaves room for its processes' names. */
export function nameOf(component: ComponentName): Kind {
  if (component === "App" || component === "Postgres") return { ...name(40), within: name(30).within };
  if (component === "Identity") return { ...name(37), within: name(33).within };
  return name(component === "Secrets" || component === "Migration" ? 48 : 40);
}

/** Links lead to the same environment, and each pool is a link's, unless it is they that are wrong. */
function linked(kind: Kind): Kind {
  return {
    ...kind,
    within: (random) => settled(kind.within(random) as palier.AppArgs),
    beyond: (random) => {
      const { value, path } = kind.beyond(random);
      if (/^(\.(links|pools|environment)\b|$)/.test(path)) return { path, value };
      const { edge } = value as palier.AppArgs;
      const all = settled(value as palier.AppArgs);
      return { path, value: path.startsWith(".edge") ? { ...all, edge } : all };
    },
  };
}

function settled({ links = {}, pools = {}, edge, ...args }: palier.AppArgs): object {
  // What goes with two links would have to differ.
  const here = Object.entries(links).map(([variable, { environment, variables, secrets, pool, ...link }], index) => [
    variable,
    { ...link, environment: environment && args.environment, ...(index === 0 ? { variables, pool } : {}) },
  ]);
  const sizes = Object.keys(links).flatMap((variable, index) => {
    const size = Object.values(pools)[index];
    return size === undefined || (index === 0 && links[variable]?.pool) ? [] : [[variable, size]];
  });
  const able = edge && edgeWithin(edge, args.environment.edge);
  return { ...args, links: Object.fromEntries(here), pools: Object.fromEntries(sizes), ...(able && { edge: able }) };
}

/** `mostMemory` is as much as `memory` at least, and so as its default. */
function containers(): Kind {
  const kind = object<palier.ContainersArgs>("ContainersArgs", { cpu, memory, mostMemory: memory });
  return {
    ...kind,
    within: (random) => {
      const { mostMemory, ...rest } = kind.within(random) as palier.ContainersArgs;
      return mostMemory === undefined ? rest : { ...rest, mostMemory: "1024Ti" };
    },
  };
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
