import { noDefaultCredentials } from "../../core/rules/secrets/defaultCredentials.ts";
import { secretMinLength } from "../../core/rules/secrets/minLength.ts";
import { secretAge } from "../../core/rules/secrets/secretAge.ts";
import { tokenVerification } from "../../core/rules/secrets/tokenVerification.ts";
import { manifest, withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const base64 = (text: string) => Buffer.from(text).toString("base64");
export const variables = (values: Record<string, unknown>) =>
  withContainer({ env: Object.entries(values).map(([name, value]) => ({ name, value })) });
const secret = (stringData: object) => manifest("Secret", { stringData }, { name: "keys" });
const encoded = (data: Record<string, string>) =>
  manifest("Secret", { data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)])) });
const from = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: "keys", key } } });
export const random = (length: number) => "Zq8vT2mX9cLw4RbN7yKd3HsJ6fGp1QeA".repeat(2).slice(0, length);

table(secretMinLength, {
  refuses: {
    "a short signing key": secret({ JWT_SECRET: random(31) }),
    "the sample": secret({ JWT_SECRET: "dev_secret_min_32_chars_long" }),
    "a short one in base64, which is longer": encoded({ JWT_SECRET: random(30) }),
    "63 of 64": secret({ BETTER_AUTH_SECRET: random(63) }),
    "one by the app's own name for it": secret({ API_JWT_SECRET: random(20) }),
    "one by another spelling": secret({ jwtSecret: random(20) }),
    "blanks around it": secret({ JWT_SECRET: `${random(30)}   ` }),
    "none at all": secret({ JWT_SECRET: "" }),
    "a short password": secret({ password: random(15) }),
    "one in a file": secret({ ".env": `A=1\nAPI_KEY=${random(8)}\n` }),
    "one in a variable": variables({ JWT_SECRET: random(12) }),
    "one that its reader asks more of": [
      withContainer({ env: [from("JWT_SECRET", "value")] }),
      secret({ value: random(20) }),
    ],
    "another length": { set: { others: 24 }, of: secret({ token: random(20) }) },
  },
  passes: {
    "32 of 32": secret({ JWT_SECRET: random(32) }),
    "64 of 64, in base64": encoded({ BETTER_AUTH_SECRET: random(64) }),
    "16 of 16": secret({ password: random(16) }),
    "what is about a secret": secret({ JWT_SECRET_TTL: "3600", TOKEN_ISSUER: "shop", CLIENT_ID: "web" }),
    "what stands for one": secret({ JWT_SECRET: "{{ .jwtSecret }}" }),
    "a public key": variables({ NEXT_PUBLIC_API_KEY: "pk" }),
    "words on a page": manifest("ConfigMap", { data: { "fr.json": '{"password":"Mot de passe"}' } }),
  },
});

table(noDefaultCredentials, {
  refuses: {
    "admin and admin": secret({ KEYCLOAK_ADMIN: "admin", KEYCLOAK_ADMIN_PASSWORD: "admin" }),
    "keycloak's": encoded({ KC_DB_USERNAME: "keycloak", KC_DB_PASSWORD: "keycloak" }),
    "postgres' alone": secret({ POSTGRES_PASSWORD: "postgres" }),
    "a developer's": secret({ POSTGRES_USER: "mecapy", POSTGRES_PASSWORD: "mecapy_dev" }),
    "capitals and blanks": secret({ PASSWORD: " Admin\n" }),
    "the user's own name": variables({ DB_USER: "shopkeeper", DB_PASSWORD: "shopkeeper" }),
    "one from a Secret, beside its user": [
      withContainer({ env: [{ name: "DB_USER", value: "shopkeeper" }, from("DB_PASSWORD", "DB_PASSWORD")] }),
      secret({ DB_PASSWORD: "shopkeeper" }),
    ],
    "one behind a key that hides it": [withContainer({ env: [from("DB_PASSWORD", "a")] }), secret({ a: "changeme" })],
    "an address": secret({ url: "postgres://postgres:postgres@db/shop" }),
    "an address with one name twice": encoded({ DATABASE_URL: "postgres://shop:shop@db/shop" }),
    "an address on the command line": withContainer({ command: ["psql", "postgres://admin:admin@db/shop"] }),
    "a pair in one value": secret({ BASIC_AUTH: "admin:admin" }),
    "one of a file": secret({ "app.yaml": "database:\n  username: root\n  password: root\n" }),
    "one that somebody added": { set: { passwords: ["welcome1"] }, of: secret({ PASSWORD: "welcome1" }) },
  },
  passes: {
    "a random one": secret({ POSTGRES_USER: "postgres", POSTGRES_PASSWORD: random(24) }),
    "a user": variables({ POSTGRES_USER: "postgres", POSTGRES_DB: "postgres", PGUSER: "admin" }),
    "an address with a random one": secret({ url: `postgres://postgres:${random(24)}@db/postgres` }),
    "a random one that begins like its user": secret({ USER: "shop", PASSWORD: `shop${random(20)}` }),
    "another setting": variables({ ROLE: "admin", SECRET_NAME: "postgres" }),
  },
});

table(tokenVerification, {
  refuses: {
    off: variables({ TOKEN_VERIFICATION_ENABLED: "false" }),
    "off, in capitals": variables({ TOKEN_VERIFICATION_ENABLED: "False" }),
    "off, as a number": variables({ TOKEN_VERIFICATION_ENABLED: "0" }),
    "off, as nothing": variables({ TOKEN_VERIFICATION_ENABLED: "" }),
    "neither on nor off": variables({ TOKEN_VERIFICATION_ENABLED: "later" }),
    "off in a ConfigMap": manifest("ConfigMap", { data: { TOKEN_VERIFICATION_ENABLED: "no" } }),
    "off in a file": manifest("ConfigMap", { data: { "app.yaml": "auth:\n  verifyTokens: false\n  x: 1\n" } }),
    "the other way round": variables({ SKIP_TOKEN_VERIFICATION: "true" }),
    "login switched off": variables({ DISABLE_AUTH: "1" }),
    "an option": withContainer({ args: ["--verify-jwt=false"] }),
    "no word of it, where it must be stated": { set: { workloads: ["web"] }, of: variables({ PORT: "8000" }) },
  },
  passes: {
    on: variables({ TOKEN_VERIFICATION_ENABLED: "true" }),
    "on, as a number": variables({ TOKEN_VERIFICATION_ENABLED: " 1 " }),
    "not skipped": variables({ SKIP_TOKEN_VERIFICATION: "false" }),
    "another setting": variables({
      AUTH_URL: "https://a.example",
      TOKEN_VERIFICATION_KEY_FILE: "",
      SKIP_ENV_VALIDATION: "1",
    }),
    "stated in what it reads": {
      set: { workloads: ["web"] },
      of: [
        withContainer({ envFrom: [{ configMapRef: { name: "settings" } }] }),
        manifest("ConfigMap", { data: { TOKEN_VERIFICATION_ENABLED: "true" } }, { name: "settings" }),
      ],
    },
    "another workload": { set: { workloads: ["api*"] }, of: variables({ PORT: "8000" }) },
  },
});

export const rotated = (day: unknown, key = "palier.dev/rotated-at") =>
  manifest("Secret", {}, { annotations: { [key]: day } });
const around = { now: new Date("2026-01-31T12:00:00Z") };
table(secretAge, {
  refuses: {
    "long ago": { around, of: rotated("2025-09-30") },
    "under another prefix": rotated("2020-01-31T10:00:00Z", "example.org/rotated-at"),
    "no day": rotated("last spring"),
    "a day to come": rotated("2999-01-31"),
    "no word of it, where it must be said": { set: { required: true }, of: manifest("Secret") },
  },
  passes: {
    today: { around, of: rotated("2026-01-31") },
    "no word of it": manifest("Secret"),
    "a certificate, which is renewed": {
      set: { required: true },
      of: manifest("Secret", { type: "kubernetes.io/tls" }),
    },
  },
});
