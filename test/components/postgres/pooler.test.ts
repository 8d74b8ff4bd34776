import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf, saidOf } from "../../policies/refusedOf.ts";

const image = `registry.example/postgres@sha256:${"a".repeat(64)}`;
const bouncer = `registry.example/pgbouncer@sha256:${"b".repeat(64)}`;

interface Given {
  pooler?: Partial<palier.PostgresPoolerArgs>;
  args?: Partial<palier.PostgresArgs>;
  pool?: palier.PoolArgs;
  stack?: string;
}

const shop = ({ pooler, args, pool, stack = "production" }: Given = {}): Promise<Declared[]> =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const given = { environment, image, databases: { shop: {} }, pooler: { image: bouncer, ...pooler }, ...args };
    const db = new palier.Postgres("db", given);
    const link = { ...db.pooled["shop"]!, ...(pool ? { pool } : {}) };
    const migrate = { command: ["migrate"], rollback: "migrate down" };
    new palier.App("api", { environment, image, links: { DATABASE_URL: link }, migrate });
  });

const secret = (resources: Declared[], name: string) =>
  find(resources, "kubernetes:core/v1:Secret", name).inputs.stringData as Record<string, string>;
const policy = (resources: Declared[], name: string) =>
  find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", name).inputs.spec;

describe("PgBouncer before a server of one pod", function pooler() {
  this.timeout(60_000);

  it("has an app's connections, and those of its migrations and Jobs go to the server itself [MQ-70]", async () => {
    const resources = await shop();
    const urls = secret(resources, "api-database-url-secret");
    equal(new URL(urls["app-url"]!).host, "db-pooler:5432");
    equal(new URL(urls["migrator-url"]!).host, "db:5432");
    const name = (labels: Record<string, string>) => labels["app.kubernetes.io/name"];
    equal(name(policy(resources, "api-database-url-pooler-in").podSelector.matchLabels), "db-pooler");
    equal(name(policy(resources, "db-pooler-server-in").ingress[0].from[0].podSelector.matchLabels), "db-pooler");
  });

  it("encrypts both ways, verifies the server, and is known by the server's own certificate [MP-135]", async () => {
    const resources = await shop();
    const ini = secret(resources, "db-pooler-secret")["pgbouncer.ini"]!;
    match(ini, /^client_tls_sslmode = require$/m);
    match(ini, /^server_tls_sslmode = verify-full$/m);
    match(ini, /^auth_type = scram-sha-256$/m);
    match(ini, /^shop = host=db port=5432$/m);
    const { dnsNames } = find(resources, "tls:index/certRequest:CertRequest", "db-server-request").inputs;
    ok(dnsNames.includes("db-pooler") && dnsNames.includes("db"), dnsNames.join(" "));
    const asked = JSON.stringify(find(resources, "kubernetes:batch/v1:Job", "db-pooler-job").inputs.spec);
    ok(!asked.includes("$$"), "Kubernetes would make one dollar of two");
    match(asked, /NOT rolsuper AND rolpassword LIKE 'SCRAM-SHA-256\$%'/);
  });

  it("ends once each transaction has: new connections go elsewhere before", async () => {
    const { template, replicas } = find(await shop(), "kubernetes:apps/v1:Deployment", "db-pooler").inputs.spec;
    equal(replicas, 2);
    const [container] = template.spec.containers;
    match(container.lifecycle.preStop.exec.command[2], /^sleep 5; kill -INT 1;/);
    ok(template.spec.terminationGracePeriodSeconds > 50);
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}, and fits the schema of Kubernetes`, async () => {
      const resources = await shop({ stack, pooler: { mode: "session", parameters: { query_wait_timeout: "30" } } });
      const rules = refusedOf(stack, resources).filter((one) => !/database-is-backed-up|restores-are-tried/.test(one));
      deepEqual(rules, []);
      for (const one of resources) if (/^kubernetes:(apps|core|batch)/.test(one.type)) deepEqual(schemaErrors(one), []);
    });
  }

  it("counts against the server with all it may open, and apps against what it takes [MP-90 MP-91]", async () => {
    const said = async (given: Given) =>
      saidOf("production", await shop(given))
        .map(({ text }) => text)
        .filter((text) => text.includes("connections-fit"));
    deepEqual(await said({ pool: { size: 90 } }), []);
    const [tooMany] = await said({ pool: { size: 90 }, pooler: { clients: 10 } });
    match(tooMany!, /allows 20 connections, 10 of them kept, and clients may open \d+ \(.*api/);
  });

  it("is refused where it opens more than the server takes, where it is open, and before a server elsewhere", async () => {
    const [size, parameters] = [{ size: 46 }, { parameters: { auth_type: "trust" } }];
    await rejects(shop({ pooler: size }), /pooler\.size: 46 for each of 1 databases by 2 PgBouncers are 92/);
    await rejects(shop({ pooler: parameters }), /"auth_type" can't be given: it keeps the pooler closed/);
    await rejects(shop({ args: { databases: {} } }), /pooler: leads to no database; name one in databases/);
    await rejects(shop({ pooler: { mode: "statement" } }), /pooler\.mode: "statement" is not allowed/);
    const authority = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const external = { host: "db.example.com", administrator: "a", password: { name: "a", key: "b" }, authority };
    await rejects(shop({ args: { external } }), /pooler: can't be given with external/);
  });
});
