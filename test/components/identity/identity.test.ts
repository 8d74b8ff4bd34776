import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exporting } from "../../../components/identity/export.ts";
import { start } from "../../../components/identity/settings.ts";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf, saidOf } from "../../policies/refusedOf.ts";
import { temporaryFolder } from "../../temporary.ts";

const image = `registry.example/keycloak@sha256:${"a".repeat(64)}`;
const realm = (more: object = {}) => JSON.stringify({ realm: "shop", enabled: true, ...more });

const made = (args: Partial<palier.IdentityArgs> = {}, stack = "production"): Promise<Declared[]> =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const db = new palier.Postgres("db", { environment, image, databases: { keycloak: {} } });
    const given = { environment, image, database: db.links["keycloak"]!, url: "https://auth.shop.example" };
    const auth = new palier.Identity("auth", { ...given, realms: { shop: realm() }, ...args });
    new palier.App("api", { environment, image, links: { KEYCLOAK_URL: auth.link } });
  });

const key = (key: string) => ({ name: "store", key });
const saved: palier.IdentityExportArgs = {
  image,
  to: {
    endpoint: palier.outside({ host: "s3.fr-par.scw.cloud" }),
    region: "fr-par",
    bucket: "shop-backups",
    credentials: { id: key("id"), secret: key("secret") },
  },
  recipients: [`age1${"q".repeat(58)}`],
};

/** What Keycloak's program is called with by a script, which is run by a shell. */
function ranBy(script: string) {
  const folder = temporaryFolder("keycloak");
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(
    join(folder, "bin/kc.sh"),
    '#!/bin/sh\nprintf "%s\\n" "$*" "$KC_DB_USERNAME" "$KC_DB_PASSWORD" "$KC_DB_URL_HOST" "$KC_DB_URL_PORT" "$KC_DB_URL_DATABASE" "$KC_DB_URL_PROPERTIES"\n',
  );
  chmodSync(join(folder, "bin/kc.sh"), 0o755);
  const env = {
    PATH: process.env["PATH"]!,
    DATABASE_URL: "postgres://auth.keycloak:pa-ss_1@db:5432/keycloak?sslmode=verify-full&sslrootcert=/ca.crt",
    REALMS: "shop other",
    REALM_0: '{"realm":"shop","a":"$(id) `id` \\" \'"}',
    REALM_1: "{}",
  };
  const own = script.replaceAll("/opt/keycloak", folder);
  const lines = execFileSync("sh", ["-ec", own], { env, encoding: "utf8" }).trim().split("\n");
  return { lines, folder, env };
}

const deployment = (resources: Declared[]) => find(resources, "kubernetes:apps/v1:Deployment", "auth").inputs.spec;
const container = (resources: Declared[]) => deployment(resources).template.spec.containers[0];
const variables = (resources: Declared[]) =>
  find(resources, "kubernetes:core/v1:ConfigMap", "auth-variables").inputs.data as Record<string, string>;

describe("Identity", function identity() {
  this.timeout(60_000);

  it("starts Keycloak as in production in every environment, on 8080, with a generated administrator [MP-07 MP-24 MP-25]", async () => {
    for (const stack of ["dev", "production"]) {
      const resources = await made({}, stack);
      const { command, env, ports } = container(resources);
      assert.match(command.join(" "), /kc\.sh start --optimized --import-realm/);
      assert.doesNotMatch(JSON.stringify(resources), /start-dev/);
      assert.equal(ports[0].containerPort, 8080);
      const { valueFrom } = env.find(({ name }: { name: string }) => name === "KC_BOOTSTRAP_ADMIN_PASSWORD");
      assert.match(valueFrom.secretKeyRef.name, /^auth-secrets/);
      assert.notEqual(variables(resources)["KC_BOOTSTRAP_ADMIN_USERNAME"], "admin");
    }
  });

  it("acts as the owner of a database of its own, after the server is there [MP-26 MP-28]", async () => {
    const { env } = container(await made());
    const { valueFrom } = env.find(({ name }: { name: string }) => name === "DATABASE_URL");
    assert.equal(valueFrom.secretKeyRef.key, "migrator-url");
  });

  it("is asked for its health on a port that nobody else reaches", async () => {
    const { startupProbe, readinessProbe, livenessProbe } = container(await made());
    for (const probe of [startupProbe, readinessProbe, livenessProbe]) assert.equal(probe.httpGet.port, 9000);
    const policies = (await made()).filter(({ type }) => type.endsWith(":NetworkPolicy"));
    assert.doesNotMatch(JSON.stringify(policies), /9000/);
  });

  it("lets its pods tell each other what has changed, and nobody else [P-20]", async () => {
    const resources = await made();
    const spec = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "auth-peers-in").inputs.spec;
    assert.deepEqual(spec.ingress[0].from, [{ podSelector: spec.podSelector }]);
    assert.equal(spec.ingress[0].ports[0].port, 7800);
  });

  it("saves the configuration of its realms weekly, sealed, and its people by the database's backup alone [MP-140]", async () => {
    const resources = await made({ export: saved });
    const cronJob = find(resources, "kubernetes:batch/v1:CronJob", "auth-export");
    assert.deepEqual(schemaErrors(cronJob), []);
    const { schedule, timeZone, jobTemplate } = cronJob.inputs.spec;
    assert.deepEqual([schedule, timeZone], ["0 3 * * 0", "Etc/UTC"]);
    const { initContainers, containers, volumes } = jobTemplate.spec.template.spec;
    assert.match(initContainers[0].command.join(" "), /kc\.sh export --optimized --dir \/exported --users skip/);
    assert.equal(initContainers[0].image, image);
    assert.match(containers[0].command.join(" "), /\| gzip -6 \| seal/);
    const told = Object.fromEntries(
      containers[0].env.map(({ name, value }: { name: string; value?: string }) => [name, value]),
    );
    assert.deepEqual([told["SERVER"], told["KEEP_DAYS"], told["KEEP_AT_LEAST"]], ["auth", "90", "7"]);
    const { emptyDir } = volumes.find(({ name }: { name: string }) => name === "exported");
    assert.equal(emptyDir.medium, "Memory");
    const out = find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "auth-export-out").inputs.spec;
    assert.equal(out.podSelector.matchLabels["palier.dev/process"], "export");
  });

  it("does not count its export as the backup of its database", async () => {
    const unsaved = saidOf("production", await made({ export: saved })).map(({ text }) => text);
    assert.ok(
      unsaved.some((text) => text.startsWith("database-is-backed-up")),
      unsaved.join("\n"),
    );
    assert.ok(!unsaved.some((text) => text.startsWith("backup-is-sound")), unsaved.join("\n"));
  });

  it("exports with Keycloak's own program, by the address of its database, and no people", () => {
    const { lines } = ranBy(exporting);
    assert.deepEqual(lines.slice(0, 3), [
      "export --optimized --dir /exported --users skip",
      "auth.keycloak",
      "pa-ss_1",
    ]);
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}, and fits the schema of Kubernetes`, async () => {
      const resources = await made({ export: saved }, stack);
      assert.deepEqual(refusedOf(stack, resources), []);
      assert.deepEqual(schemaErrors(find(resources, "kubernetes:apps/v1:Deployment", "auth")), []);
    });
  }

  it("lays its realms down and hands Keycloak its database, by a shell [MP-27]", () => {
    const { lines, folder, env } = ranBy(start);
    assert.deepEqual(lines, [
      "start --optimized --import-realm",
      "auth.keycloak",
      "pa-ss_1",
      "db",
      "5432",
      "keycloak",
      "?sslmode=verify-full&sslrootcert=/ca.crt",
    ]);
    assert.equal(readFileSync(join(folder, "data/import/shop.json"), "utf8"), env.REALM_0);
    assert.equal(readFileSync(join(folder, "data/import/other.json"), "utf8"), env.REALM_1);
  });

  const store = (args: object) => ({ export: { ...saved, to: { ...saved.to, ...args } } });
  const wrong: [string, object, RegExp][] = [
    [
      "nobody to seal its export for",
      { export: { ...saved, recipients: [] } },
      /export\.recipients: an empty list is not/,
    ],
    [
      "another environment's bucket",
      store({ bucket: "shop-staging" }),
      /export\.to\.bucket: "shop-staging" names staging/,
    ],
    [
      "a store in clear in production",
      store({ endpoint: palier.outside({ host: "s3.example.com", scheme: "http" }) }),
      /export\.to\.endpoint: "http:\/\/s3\.example\.com:443" sends the credentials in clear/,
    ],
    [
      "an address in clear in production",
      { url: "http://auth.shop.example" },
      /url: .* takes passwords in clear, and this is/,
    ],
    ["an address with a path", { url: "https://shop.example/auth" }, /url: .* without a path/],
    ["a realm that is no JSON", { realms: { shop: "{" } }, /realms\.shop: is no JSON; give what/],
    [
      "a realm under another name",
      { realms: { shop: JSON.stringify({ realm: "zoo" }) } },
      /is of the realm zoo; give it under/,
    ],
    [
      "a realm that holds a secret",
      { realms: { shop: realm({ clients: [{ secret: "zQ7hidden" }] }) } },
      /realms\.shop: holds a secret in clear at clients\[0\]\.secret; give it as \$\{NAME\}/,
    ],
    ["Keycloak's own variable", { secrets: { KC_DB_URL: { generate: 32 } } }, /secrets\.KC_DB_URL: begins with KC_/],
    [
      "a database that is none",
      { database: palier.outside({ host: "db.example" }) },
      /database: leads to db\.example, which is no/,
    ],
  ];
  for (const [title, args, message] of wrong) it(`refuses ${title}`, () => assert.rejects(made(args), message));
});
