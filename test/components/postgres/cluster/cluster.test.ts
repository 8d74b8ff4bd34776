import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { checkChange } from "../../../../components/postgres/cluster/hooks.ts";
import * as palier from "../../../../index.ts";
import { type Declared, declared, find } from "../../../declared.ts";
import { schemaErrors } from "../../../fuzz/kubernetesSchema.ts";
import { refusedOf } from "../../../policies/refusedOf.ts";
import { bucket, image, kinds, type More, pooler, shop, whole } from "./system.ts";

const spec = (resources: Declared[], kind: keyof typeof kinds, name = "db") =>
  find(resources, kinds[kind], name).inputs.spec;
const secret = (resources: Declared[], name: string) =>
  find(resources, "kubernetes:core/v1:Secret", name).inputs.stringData as Record<string, string>;
const policy = (resources: Declared[], name: string) =>
  find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", name).inputs.spec;

describe("a Postgres of several servers", function cluster() {
  this.timeout(60_000);

  it("is one in dev, and three in production, one of which has each commit before it is acknowledged [MP-48]", async () => {
    const [dev, production] = [await shop({ stack: "dev" }), await shop()];
    equal(spec(dev, "Cluster").instances, 1);
    equal(spec(dev, "Cluster").postgresql.synchronous, undefined);
    equal(spec(dev, "Cluster").enablePDB, false);
    const own = spec(production, "Cluster");
    equal(own.instances, 3);
    deepEqual(own.postgresql.synchronous, { method: "any", number: 1, dataDurability: "required" });
    const { annotations } = find(production, kinds.Cluster, "db").inputs.metadata;
    equal(annotations["alpha.cnpg.io/failoverQuorum"], "true");
    equal(annotations["pulumi.com/deletionPropagationPolicy"], "orphan");
  });

  it("gives the same links, roles and Jobs as one pod does, by the Service of whoever is the primary [MP-35 MP-88 MP-136]", async () => {
    const resources = await shop();
    const url = new URL(secret(resources, "api-database-url-secret")["app-url"]!);
    deepEqual([url.host, url.pathname, url.username], ["db-rw:5432", "/shop", "api.shop.database_url"]);
    equal(url.searchParams.get("sslmode"), "verify-full");
    const job = find(resources, "kubernetes:batch/v1:Job", "api-database-url-job").inputs.spec.template.spec;
    const env = (name: string) => job.containers[0].env.find((one: { name: string }) => one.name === name);
    equal(env("PGHOST").value, "db-rw");
    equal(env("PGPASSWORD").valueFrom.secretKeyRef.name, spec(resources, "Cluster").superuserSecret.name);
  });

  it("is spoken to over TLS alone, with a certificate for every name that leads to it [MP-135]", async () => {
    const resources = await shop({ args: { pooler } });
    const { certificates, postgresql } = spec(resources, "Cluster");
    deepEqual(postgresql.pg_hba, ["hostssl all all all scram-sha-256", "host all all all reject"]);
    deepEqual(spec(resources, "Pooler", "db-pooler").pgbouncer.pg_hba, postgresql.pg_hba);
    equal(certificates.serverTLSSecret, certificates.serverCASecret);
    const held = Object.keys(secret(resources, "db-admin")).sort();
    deepEqual(held, ["ca.crt", "password", "tls.crt", "tls.key", "username"]);
    const { dnsNames } = find(resources, "tls:index/certRequest:CertRequest", "db-server-request").inputs;
    for (const name of ["db-rw", "db-ro", "db-r", "db-pooler"]) ok(dnsNames.includes(name), name);
  });

  it("is told what follows from its memory, and none of what the operator says itself", async () => {
    const args = { parameters: { work_mem: "16MB", shared_preload_libraries: "pg_stat_statements, auto_explain" } };
    const { parameters, shared_preload_libraries } = spec(
      await shop({ args, cluster: { walStorage: "8Gi" } }),
      "Cluster",
    ).postgresql;
    deepEqual([parameters.shared_buffers, parameters.work_mem, parameters.max_wal_size], ["512MB", "16MB", "1024MB"]);
    equal(parameters.max_slot_wal_keep_size, "2048MB");
    deepEqual(shared_preload_libraries, ["pg_stat_statements", "auto_explain"]);
    for (const name of ["ssl", "hba_file", "ssl_cert_file"]) equal(parameters[name], undefined);
  });

  it("lets in who links to it, its own servers, the operator and Prometheus, each at one port [P-20 DP-27]", async () => {
    const resources = await shop({ cluster: { operator: { namespace: "operators" } } });
    const servers = { "cnpg.io/cluster": "db", "cnpg.io/podRole": "instance" };
    const into = resources.filter(({ type, inputs }) => type.endsWith(":NetworkPolicy") && inputs.spec.ingress);
    const ports = into
      .filter(({ inputs }) => inputs.spec.podSelector.matchLabels?.["cnpg.io/cluster"])
      .map(({ name, inputs }) => [name, inputs.spec.ingress[0].ports[0].port]);
    deepEqual(Object.fromEntries(ports), {
      "api-database-url-in": 5432,
      "db-metrics-in": 9187,
      "db-operator-in": 8000,
      "db-peers-in": 5432,
    });
    deepEqual(policy(resources, "api-database-url-in").podSelector.matchLabels, servers);
    const [from] = policy(resources, "db-operator-in").ingress[0].from;
    equal(from.namespaceSelector.matchLabels["kubernetes.io/metadata.name"], "operators");
    for (const { inputs } of resources) ok(!/NodePort|LoadBalancer/.test(JSON.stringify(inputs)));
  });

  it("is read from at its replicas, by a role that only reads, and alone at the one there is [MQ-85 MP-48]", async () => {
    const read = async (stack: string) =>
      new URL(secret(await shop({ stack, link: "replicas" }), "api-database-url-secret")["app-url"]!);
    equal((await read("production")).host, "db-ro:5432");
    equal((await read("production")).username, "api.shop.database_url.reader");
    equal((await read("dev")).host, "db-r:5432");
  });
});

describe("a pooler before a Postgres", function pooled() {
  this.timeout(60_000);

  it("has an app's connections, and those of its migrations and Jobs go around it [MQ-70]", async () => {
    const resources = await shop({ args: { pooler }, link: "pooled" });
    const urls = secret(resources, "api-database-url-secret");
    equal(new URL(urls["app-url"]!).host, "db-pooler:5432");
    equal(new URL(urls["migrator-url"]!).host, "db-rw:5432");
    deepEqual(policy(resources, "api-database-url-pooler-in").podSelector.matchLabels, {
      "cnpg.io/poolerName": "db-pooler",
    });
    equal(policy(resources, "api-database-url-pooler-out").egress[0].ports[0].port, 5432);
    ok(policy(resources, "api-database-url-in"));
    const { pgbouncer, instances } = spec(resources, "Pooler", "db-pooler");
    equal(instances, 2);
    equal(pgbouncer.poolMode, "transaction");
    equal(pgbouncer.parameters.max_db_connections, "20");
    equal(pgbouncer.parameters.max_prepared_statements, "200");
  });

  it("opens no more than the servers take, whatever its size [MP-90 MP-91]", async () => {
    const most = { ...pooler, size: 45 };
    await shop({ args: { pooler: most } });
    await rejects(
      shop({ args: { pooler: { ...most, size: 46 } } }),
      /Postgres db: pooler\.size: 46 for each of 1 databases by 2 PgBouncers are 92, and the server takes 100, 10 of them kept/,
    );
  });
});

describe("an archive of a Postgres, and any moment out of it", function archives() {
  this.timeout(60_000);

  it("is everything that is written, encrypted, below its own environment, and copies of the whole [YO-44]", async () => {
    const resources = await shop({ cluster: { archive: { to: bucket(), keepDays: 14, schedule: "30 1 * * *" } } });
    const [plugin] = spec(resources, "Cluster").plugins;
    deepEqual(plugin, {
      name: "barman-cloud.cloudnative-pg.io",
      isWALArchiver: true,
      parameters: { barmanObjectName: "db-archive" },
    });
    const store = spec(resources, "ObjectStore", "db-archive");
    equal(store.retentionPolicy, "14d");
    equal(store.configuration.destinationPath, "s3://shop-archive/shop/production/");
    deepEqual(store.configuration.wal, { compression: "gzip", encryption: "AES256", maxParallel: 4 });
    equal(spec(resources, "ScheduledBackup", "db-archive-schedule").schedule, "0 30 1 * * *");
    ok(policy(resources, "db-archive-out").egress[0].to[0].ipBlock);
  });

  it("comes back to a moment in a new cluster, from its own environment [YO-44 YO-50 MP-143]", async () => {
    const { bootstrap, externalClusters } = spec(await shop(whole), "Cluster");
    deepEqual(bootstrap.recovery, {
      source: "db-restored",
      recoveryTarget: { targetTime: "2026-11-20 02:00:00.25+00" },
    });
    deepEqual(externalClusters[0].plugin.parameters, { barmanObjectName: "db-restored", serverName: "first" });
    const store = spec(await shop({ ...whole, stack: "staging" }), "ObjectStore", "db-restored");
    equal(store.configuration.destinationPath, "s3://shop-archive/old/shop/staging/");
  });

  it("goes over no cluster that is there, which keeps its size too", () => {
    const size = (size: string) => ({ size });
    const begun = { storage: size("5Gi"), bootstrap: {} };
    const restored = (source: string) => ({ ...begun, bootstrap: { recovery: { source } } });
    const change = (from: object | undefined, to: object) => () =>
      checkChange("Postgres db", from as never, to as never);
    throws(change(begun, restored("a")), /Postgres db: cluster\.restore: would go over a living cluster; restore into/);
    throws(change(restored("a"), restored("b")), /would go over a living cluster/);
    throws(change(begun, { ...begun, storage: size("4Gi") }), /storage: "4Gi" is less than the 5Gi that is there/);
    throws(change({ ...begun, walStorage: size("1Gi") }, begun), /cluster\.walStorage: can't be taken away/);
    for (const [from, to] of [
      [undefined, restored("a")],
      [restored("a"), restored("a")],
      [restored("a"), begun],
      [begun, { ...begun, storage: size("6Gi"), walStorage: size("1Gi") }],
    ] as const)
      change(from, to)();
  });
});

describe("the mode `cluster` of a Postgres", function arguments_() {
  this.timeout(60_000);

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}, and fits the schemas of Kubernetes and of the operator`, async () => {
      for (const link of ["links", "replicas", "pooled"] as const) {
        const resources = await shop({ ...whole, stack, link });
        deepEqual(refusedOf(stack, resources), []);
        for (const one of resources) deepEqual(schemaErrors(one), []);
      }
    });
  }

  it("wants an archive or a backup in production", async () => {
    const said = (cluster: palier.PostgresClusterArgs) =>
      shop({ cluster }).then((resources) => refusedOf("production", resources, ["database-is-backed-up"]));
    match((await said({}))[0]!, /database-is-backed-up: Cluster "db"/);
    deepEqual(await said({ archive: { to: bucket(), keepDays: 30 } }), []);
  });

  const store = bucket();
  const inside = { ...store, endpoint: { ...store.endpoint, outside: undefined, selector: { app: "s3" } } };
  const wrong: Record<string, [More, string]> = {
    "no instance": [
      { cluster: { instances: 0 } },
      "cluster.instances: 0 is not allowed; give a whole number from 1 to 9",
    ],
    "a quorum that the loss of one ends": [
      { cluster: { instances: 2, synchronous: 1 } },
      "Postgres db: cluster.synchronous: 1 can't be met by 2 instances: 1 follow the primary, and in production one of them may be lost",
    ],
    "as many to wait for as there are": [
      { stack: "staging", cluster: { instances: 2, synchronous: 2 } },
      "2 can't be met by 2 instances: 1 follow the primary; give 1 at most, or more instances",
    ],
    "external beside it": [
      {
        args: {
          external: { host: "db.example.com", administrator: "a", password: { name: "a", key: "b" }, authority: "" },
        },
      },
      "external.authority",
    ],
    "a parameter of the operator's": [
      { args: { parameters: { archive_mode: "off" } } },
      '"archive_mode" can\'t be given: CloudNativePG sets it itself',
    ],
    "a parameter that would lose rows": [{ args: { parameters: { fsync: "off" } } }, '"fsync" can\'t be given'],
    "an image without its version": [
      { args: { image: `registry.example/postgresql@sha256:${"a".repeat(64)}` } },
      "is not allowed; give a reference whose tag begins with the version",
    ],
    "an image whose tag is no version": [
      { args: { image: image.replace("17.5", "latest") } },
      "begins with the version",
    ],
    "a moment that is none": [
      { cluster: { restore: { from: store, targetTime: "yesterday" } } },
      'cluster.restore.targetTime: "yesterday" is not allowed; give a time such as 2026-11-20T02:00:00Z',
    ],
    "an archive over what it begins with": [
      { cluster: { restore: { from: store }, archive: { to: store, keepDays: 30 } } },
      "cluster.restore.from: is where db archives to as well",
    ],
    "an archive inside the cluster": [
      { cluster: { archive: { to: inside, keepDays: 30 } } },
      "cluster.archive.to.endpoint: s3.fr-par.scw.cloud is in the cluster",
    ],
    "an archive that says no days": [
      { cluster: { archive: { to: store } } },
      "cluster.archive.keepDays: is missing; production says how far back one can go",
    ],
    "two beginnings": [
      {
        cluster: { restore: { from: store } },
        args: { databases: { shop: { restore: { image, from: store, identity: { name: "a", key: "b" } } } } },
      },
      "databases.shop.restore: can't be given with cluster.restore",
    ],
    "a setting of PgBouncer's that another argument says": [
      { args: { pooler: { ...pooler, parameters: { pool_mode: "statement" } } } },
      '"pool_mode" can\'t be given: mode says it',
    ],
    "a mode of PgBouncer's that breaks transactions": [
      { args: { pooler: { ...pooler, mode: "statement" } } },
      'pooler.mode: "statement" is not allowed; give one of transaction, session',
    ],
  };
  for (const [what, [more, says]] of Object.entries(wrong)) {
    it(`is refused with its path: ${what}`, () =>
      rejects(shop(more), (error: Error) => {
        ok(error.message.includes(says), error.message);
        return true;
      }));
  }

  it("does not go with external, and neither does a pooler", async () => {
    const authority = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const external = { host: "db.example.com", administrator: "a", password: { name: "a", key: "b" }, authority };
    await rejects(shop({ args: { external } }), /Postgres db: cluster: can't be given with external/);
    const one = (args: Partial<palier.PostgresArgs>) =>
      declared({ project: "shop", stack: "staging" }, () => {
        const environment = new palier.Environment("shop");
        new palier.Postgres("db", { environment, image, databases: { shop: {} }, ...args });
      });
    await rejects(one({ pooler, external }), /Postgres db: pooler: can't be given with external/);
  });
});
