import { deepEqual } from "node:assert/strict";
import { afterAnnotation } from "../../core/labels.ts";
import {
  configMap,
  deployment,
  image,
  ingress,
  object,
  podSpec,
  secretObject,
  withEnv,
  workload,
} from "./manifests.ts";
import { secret, unknown } from "./preview.ts";
import { advises, judged, leavesOpen, passes, refuses } from "./tables.ts";

const policy = "no-plaintext-secrets";
const rows = "AV-05 DP-31 MP-127 P-03";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n";

describe("no-plaintext-secrets: by name", () => {
  const names =
    `DB_PASSWORD PGPASSWORD dbPassword SMTP_PASS MYSQL_PWD JWT_SECRET SECRET_KEY_BASE STRIPE_SECRET_KEY API_KEY
    APIKEY GITHUB_TOKEN accessToken SENTRY_DSN AWS_SECRET_ACCESS_KEY PASSPHRASE CREDENTIALS spring.datasource.password
    JWT_SECRET_2 DB_PASSWORD_PROD PASSWORD_FOR_MAIL ENCRYPTION_KEY PRIVATE_KEY`.split(/\s+/);
  refuses(
    policy,
    rows,
    Object.fromEntries(
      names.map((name) => [name, { given: withEnv({ [name]: "hunter2-s3cr3tV4lue" }), says: /secretKeyRef/ }]),
    ),
  );
  refuses(
    policy,
    rows,
    Object.fromEntries(
      ["dev", "pr-4", "staging", "production"].map((stack) => [
        `a password in ${stack}`,
        { stack, given: withEnv({ DB_PASSWORD: "hunter2" }) },
      ]),
    ),
  );

  refuses(policy, rows, {
    "a number as a password": { given: withEnv({ DB_PASSWORD: 123456 }) },
    "an unknown value: its presence is enough": {
      given: withEnv({ DB_PASSWORD: unknown }),
      says: /env\[0\]\.value \(DB_PASSWORD\)/,
    },
    "a ConfigMap key": { given: configMap({ JWT_SECRET: "hunter2" }), says: /ConfigMap "settings": data\.JWT_SECRET/ },
    "a line of a file": {
      given: configMap({ "app.properties": "a=1\nspring.datasource.password=hunter2\n" }),
      says: /line 2/,
    },
    "a line of a YAML file": { given: configMap({ "app.yaml": "db:\n  user: app\n  password: hunter2\n" }) },
    "a value of a JSON file": { given: configMap({ "app.json": JSON.stringify({ db: { password: "hunter2" } }) }) },
    "a flag": { given: deployment({ args: ["redis-server", "--requirepass", "hunter2"] }) },
    "a flag with =": { given: deployment({ args: ["--db-password=hunter2"] }) },
    "a shell line": { given: deployment({ command: ["sh", "-c", "PGPASSWORD=hunter2 psql -h db"] }) },
    "another variable's value": { given: withEnv({ X: "hunter2", DB_PASSWORD: "$(X)" }) },
    "an init container": {
      given: workload({ initContainers: [{ name: "wait", image, env: [{ name: "PGPASSWORD", value: "hunter2" }] }] }),
      says: /container "wait"/,
    },
    "a Pulumi secret under any name": { given: withEnv({ SOMETHING: secret("hunter2") }), says: /Pulumi secret/ },
    "a Pulumi secret in a ConfigMap": { given: configMap(secret({ something: "hunter2" })), says: /Pulumi secret/ },
    "a Pulumi secret among arguments": {
      given: deployment({ args: ["--seed", secret("hunter2")] }),
      says: /Pulumi secret/,
    },
  });

  const harmless = {
    GOOGLE_CLIENT_ID: "1234-abc.apps.example",
    KEYCLOAK_CLIENT_ID: "web",
    PUBLIC_KEY: "ssh-ed25519 AAAA",
    NEXT_PUBLIC_API_KEY: "pk_1234567",
    EXPO_PUBLIC_MAPBOX_TOKEN: "pk.abcdef",
    STRIPE_PUBLISHABLE_KEY: "pk_live_abcdef",
    TOKEN_VERIFICATION_ENABLED: "true",
    TOKEN_TTL: "3600",
    JWT_EXPIRES_IN: "15m",
    PASSWORD_MIN_LENGTH: "12",
    MAX_TOKENS: "4096",
    JWT_SECRET_FILE: "/run/secrets/jwt",
    DB_PASSWORD_FILE: "/run/secrets/db",
    SECRET_NAME: "avnir-keys",
    TOKEN_URL: "https://id.example/token",
    CACHE_KEY: "v1",
    KEYCLOAK_URL: "https://id.example",
    MONKEY: "banana",
    AUTHOR: "somebody",
    PWD: "/app",
    DB_PASSWORD: "",
    REQUIRE_PASSWORD: "false",
    DATABASE_URL: "postgres://app@db:5432/avnir",
    PRIMARY_KEY: "id",
    PASSWORD_HASH_ROUNDS: "12",
    TOKENIZER: "cl100k",
    OAUTH_SCOPES: "token secret",
  };
  passes(
    policy,
    rows,
    Object.fromEntries(
      Object.entries(harmless).map(([name, value]) => [`${name}=${value}`, { given: withEnv({ [name]: value }) }]),
    ),
  );

  passes(policy, rows, {
    "a variable read from a Secret": { given: withEnv({ DB_PASSWORD: { secretKeyRef: { name: "keys", key: "db" } } }) },
    "a reference to such a variable": {
      given: withEnv({
        PW: { secretKeyRef: { name: "keys", key: "db" } },
        PGPASSWORD: "$(PW)",
        DATABASE_URL: "postgres://app:$(PW)@db:5432/avnir",
      }),
    },
    "references that an injector resolves": {
      given: withEnv({ DB_PASSWORD: "vault:secret/data/db#password", API_KEY: "op://avnir/api/key" }),
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the file
    "references in a file": { given: configMap({ "app.yaml": "db:\n  password: ${DB_PASSWORD}\n" }) },
    "references on a command line": {
      given: deployment({ args: ["redis-server", "--requirepass", "$(REDIS_PASSWORD)"] }),
    },
    "a Secret's own values": { given: secretObject({ stringData: { DB_PASSWORD: "hunter2", KEY: pem } }) },
    "Postgres settings": {
      given: configMap({
        "postgresql.conf": "password_encryption = scram-sha-256\nssl_key_file = '/tls/tls.key'\n",
        "pg_hba.conf": "hostssl all all 0.0.0.0/0 scram-sha-256\n",
      }),
    },
    "SQL with a variable": { given: configMap({ "role.sql": "ALTER ROLE app PASSWORD :'password';\n" }) },
    "what an undecryptable state shows for a secret": { given: withEnv({ OTHER: "[secret]" }) },
  });

  advises(policy, "AV-37 P-03", {
    "a sample value in dev": { stack: "dev", given: withEnv({ JWT_SECRET: "dev_secret_min_32_chars_long" }) },
    "a Stripe test key in dev": {
      stack: "dev",
      given: withEnv({ STRIPE_SECRET_KEY: "sk_test_4eC39HqLyjWDarjtT1zdp7dc" }),
    },
    "a local database's URL in dev": {
      stack: "dev",
      given: withEnv({ DATABASE_URL: "postgres://postgres:postgres@db:5432/avnir" }),
    },
  });
  refuses(policy, "AV-37 P-03", {
    "a sample value in staging": { stack: "staging", given: withEnv({ JWT_SECRET: "dev_secret_min_32_chars_long" }) },
  });
});

describe("no-plaintext-secrets: by value", () => {
  const values: Record<string, string> = {
    "a Stripe key": "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
    "a GitHub token": `ghp_${"s3cr3tV4lue".repeat(3)}`,
    "an AWS key": "AKIAIOSFODNN7EXAMPLE",
    "a private key": pem,
    "a private key in base64": base64(pem),
    "a URL with a password": "postgres://app:hunter2@db:5432/avnir",
    "a connection string": "Server=db;User Id=app;Password=hunter2;",
    "a URL parameter": "jdbc:postgresql://db/avnir?user=app&password=hunter2",
    "a signed token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.s3cr3tV4lues3cr3tV4lue",
  };
  refuses(
    policy,
    rows,
    Object.fromEntries(
      Object.entries(values).flatMap(([title, value]) => [
        [`${title} in a variable`, { given: withEnv({ ANYTHING: value }) }],
        [`${title} in a public variable`, { given: withEnv({ NEXT_PUBLIC_THING: value }) }],
        [`${title} in a ConfigMap`, { given: configMap({ thing: value }) }],
        [`${title} in an argument`, { given: deployment({ args: ["run", value] }) }],
      ]),
    ),
  );
  refuses(policy, rows, {
    "a token in an annotation": {
      given: ingress({ "example.org/token": `ghp_${"s3cr3tV4lue".repeat(3)}` }),
      says: /annotations/,
    },
    "a token in a probe's header": {
      given: deployment({
        livenessProbe: {
          httpGet: { httpHeaders: [{ name: "Authorization", value: "Bearer s3cr3tV4lues3cr3tV4lue" }] },
        },
      }),
    },
    "a token in a custom resource": {
      given: object("example.org/v1:Thing", { spec: { deep: [{ url: "https://u:hunter2@example.org" }] } }),
    },
    "a token where an object's id is expected": {
      given: ingress({ [afterAnnotation]: `ghp_${"s3cr3tV4lue".repeat(3)}` }),
    },
    "a Secret's annotation": {
      given: secretObject({ stringData: {} }, { annotations: { last: "postgres://app:hunter2@db/avnir" } }),
    },
    "binary data": { given: object("core/v1:ConfigMap", { binaryData: { key: base64(pem) } }) },
  });
  passes(policy, rows, {
    "a certificate": {
      given: configMap({ "ca.crt": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n" }),
    },
    "a publishable key": { given: withEnv({ STRIPE_PUBLISHABLE_KEY: "pk_live_4eC39HqLyjWDarjtT1zdp7dc" }) },
    "a user without a password": { given: withEnv({ DATABASE_URL: "postgres://app@db/avnir" }) },
    "words about keys": { given: configMap({ note: "keys begin with sk_live_ or ghp_" }) },
  });
  leavesOpen(policy, rows, {
    "an unknown variable": { given: withEnv({ HOST: unknown }) },
    "an unknown argument": { given: deployment({ args: [unknown] }) },
    "an unknown ConfigMap value": { given: configMap({ url: unknown }) },
    "unknown annotations": { given: ingress(unknown) },
  });
  it(`is not in doubt about the unknown id of what an object waits for [${rows}]`, async () => {
    const annotations = { [afterAnnotation]: unknown };
    const job = object("batch/v1:Job", { spec: { template: { metadata: { annotations }, spec: podSpec({}) } } });
    for (const waiting of [ingress(annotations), job]) deepEqual(await judged("production", waiting), []);
  });
});
