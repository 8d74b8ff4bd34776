import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared } from "../declared.ts";
import { sealedOf } from "../fuzz/words.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

const app = (args: Partial<palier.AppArgs>) => (environment: palier.Environment) =>
  new palier.App("api", { environment, image, ...args });
const postgres = (args: Partial<palier.PostgresArgs>) => (environment: palier.Environment) =>
  new palier.Postgres("db", { environment, image, databases: { shop: {} }, ...args });
/** What the types would not let pass, and plain JavaScript does. */
// biome-ignore lint/suspicious/noExplicitAny: it has any type
const untyped = (args: any) => app(args);
const link: palier.Link = {
  kind: "postgres",
  name: "db",
  host: "db",
  port: 5432,
  selector: { app: "db" },
  ready: "",
  address: "db:5432",
};
const postgresLink: palier.Link = {
  ...link,
  postgres: {
    database: "shop",
    admin: { name: "admin", key: "password" },
    authority: { name: "settings", key: "ca.crt" },
    image,
    extensions: [],
  },
};
const secret = (args: palier.SecretArgs) => (environment: palier.Environment) =>
  new palier.Secrets("keys", { environment, values: { API_KEY: args } });

interface Case {
  make: (environment: palier.Environment) => unknown;
  says: string;
  config?: Record<string, string>;
  secrets?: Record<string, string>;
}

const wrong: Record<string, Case> = {
  "a port below 1024": {
    make: app({ port: 80 }),
    says: "port: 80 is not allowed; give a whole number from 1024 to 65535",
  },
  "no replica": {
    make: app({ scale: { min: 0 } }),
    says: "scale.min: 0 is not allowed; give a whole number from 1 to 1000",
  },
  "more replicas at least than at most": {
    make: app({ scale: { min: 5, max: 2 } }),
    says: "scale.max: 2 is not allowed; give a whole number from 5 to 1000",
  },
  "half a processor percent": {
    make: app({ scale: { cpuPercent: 70.5 } }),
    says: "scale.cpuPercent: 70.5 is not allowed; give a whole number from 1 to 100",
  },
  "memory in a unit that there is not": {
    make: app({ resources: { memory: "5Gb" } }),
    says: 'resources.memory: "5Gb" is not allowed; give a quantity from 1Mi to 1024Ti such as 256Mi or 1Gi',
  },
  "no processor": {
    make: app({ resources: { cpu: "0" } }),
    says: 'resources.cpu: "0" is not allowed; give a CPU quantity from 1m to 1000 such as 250m or 1.5',
  },
  "storage below zero": {
    make: postgres({ storage: "-1Gi" }),
    says: 'storage: "-1Gi" is not allowed; give a quantity from 1Mi to 1024Ti such as 256Mi or 1Gi',
  },
  "a path without its slash": {
    make: app({ health: { live: "live" } }),
    says: 'health.live: "live" is not allowed; give a path that begins with /',
  },
  "a variable in lower case": {
    make: app({ variables: { "my-key": "1" } }),
    says: 'variables.my-key: "my-key" is not allowed; give capitals, digits and underscores, no digit first',
  },
  "a secret that is not set": {
    make: secret({ config: true }),
    says: "values.API_KEY: the secret avnir:API_KEY is not set: pulumi config set --secret avnir:API_KEY",
  },
  "a secret in clear": {
    make: secret({ config: true }),
    config: { "avnir:API_KEY": "in-clear-in-the-stack-file" },
    says: "values.API_KEY: avnir:API_KEY stands in clear in the stack file: pulumi config set --secret avnir:API_KEY",
  },
  "a short secret": {
    make: secret({ config: true, minLength: 24 }),
    secrets: { "avnir:API_KEY": "hush-hush-hush" },
    says: "values.API_KEY: avnir:API_KEY has 14 characters, at least 24 are needed: pulumi config set --secret avnir:API_KEY",
  },
  "a generated secret of a few letters": {
    make: secret({ generate: 8 }),
    says: "values.API_KEY.generate: 8 is not allowed; give a whole number from 16 to 256",
  },
  "no arguments at all": {
    make: () => new palier.App("api", null as never),
    says: "App api: null is not allowed; give an object with environment, image, command,",
  },
  "no environment": {
    make: untyped({ environment: undefined }),
    says: "App api: environment: is missing; give an object with system, stage, namespace",
  },
  "an argument that there is not": {
    make: untyped({ ports: 3000 }),
    says: 'App api: "ports" is not allowed; give only environment, image, command,',
  },
  "a number that is none": {
    make: app({ scale: { min: Number.NaN } }),
    says: "App api: scale.min: NaN is not allowed; give a whole number from 1 to 1000",
  },
  "a number as text": {
    make: untyped({ port: "3000" }),
    says: "App api: port: text is not allowed; give a whole number from 1024 to 65535",
  },
  "a variable that is no text": {
    make: untyped({ variables: { RETRIES: 3 } }),
    says: "App api: variables.RETRIES: a number is not allowed; give text",
  },
  "a secret itself where it should be described": {
    make: untyped({ secrets: { API_KEY: "hush-hush-hush-hush" } }),
    says: "App api: secrets.API_KEY: text is not allowed; give an object with generate, config, existing, external",
  },
  "a secret itself as the length of one": {
    make: untyped({ secrets: { API_KEY: { generate: "hush-hush-hush-hush" } } }),
    says: "App api: secrets.API_KEY.generate: text is not allowed; give a whole number from 16 to 256",
  },
  "a secret of two kinds": {
    make: secret({ generate: 32, config: true }),
    says: "Secrets keys: values.API_KEY: give exactly one of generate, config, existing, external, sealed, not generate and config",
  },
  "a secret of no kind in one environment": {
    make: secret({ generate: 32, in: { production: {} } }),
    says: "Secrets keys: values.API_KEY.in.production: give exactly one of generate, config, existing, external, sealed",
  },
  "a secret by an environment that there is not": {
    make: secret({ generate: 32, in: { prod: { config: true } } }),
    says: 'Secrets keys: values.API_KEY.in.prod: "prod" is not allowed; give one of dev, review, staging, production',
  },
  "a generated secret shorter than its fewest length": {
    make: secret({ generate: 32, minLength: 64 }),
    says: "Secrets keys: values.API_KEY.generate: 32 is less than minLength, 64; give as many",
  },
  "a fewest length of what nobody here knows": {
    make: secret({ existing: { name: "stripe", key: "key" }, minLength: 64 }),
    says: "Secrets keys: values.API_KEY.minLength: with existing the value is in the cluster alone",
  },
  "a sealed value that was not sealed": {
    make: secret({ sealed: "hush-hush-hush-hush" }),
    says: "Secrets keys: values.API_KEY.sealed: is no sealed value; give what this prints: kubeseal --raw --scope namespace-wide",
  },
  "a short sealed value": {
    make: secret({ sealed: sealedOf(15) }),
    says: "Secrets keys: values.API_KEY.sealed: seals 15 bytes, at least 16 are needed; seal a longer value",
  },
  "a store of two kinds": {
    make: secret({ external: { store: "team", clusterStore: "vault", key: "stripe" } }),
    says: "Secrets keys: values.API_KEY.external: give exactly one of store (in the namespace) and clusterStore",
  },
  "a rotation of what is rotated elsewhere": {
    make: secret({ existing: { name: "stripe", key: "key" }, rotate: "2026-11-01" }),
    says: "Secrets keys: values.API_KEY.rotate: goes with generate and external, not with existing; name a Secret that holds the new value",
  },
  "an overlap of what is not made here": {
    make: secret({ external: { store: "team", key: "stripe" }, overlap: "first" }),
    says: "Secrets keys: values.API_KEY.overlap: goes with generate, not with external",
  },
  "a rotation that overlaps itself": {
    make: secret({ generate: 32, overlap: "first" }),
    says: 'Secrets keys: values.API_KEY.overlap: "first" is the rotation itself; name the one whose value stays valid beside',
  },
  "an overlap whose variable there is already": {
    make: app({ secrets: { KEY: { generate: 32, overlap: "b" }, KEY_OVERLAP: { generate: 32 } } }),
    says: "App api: secrets.KEY_OVERLAP: is the variable that overlap gives KEY too; give one of them another name",
  },
  "a fewest length that is none": {
    make: secret({ config: true, minLength: Number.NaN }),
    says: "Secrets keys: values.API_KEY.minLength: NaN is not allowed; give a whole number from 1 to 4096",
  },
  "memory without its unit": {
    make: app({ resources: { memory: "256" } }),
    says: 'resources.memory: "256" is not allowed; give a quantity from 1Mi to 1024Ti',
  },
  "a database whose owner's name Postgres would cut": {
    make: postgres({ databases: { ["a".repeat(58)]: {} } }),
    says: "is not allowed; give 1–57 lower-case letters",
  },
  "a role in a database that there is not": {
    make: app({ links: { DB: { ...postgresLink, role: "admin" } } }),
    says: 'App api: links.DB.role: "admin" is not allowed; give one of readWrite, readOnly, monitor',
  },
  "a role in no database": {
    make: app({ links: { DB: { ...link, role: "readOnly" } } }),
    says: "App api: links.DB.role: goes with a link to a database; other targets know no roles",
  },
  "an owner that may only read": {
    make: app({
      links: { DB: { ...postgresLink, role: "readOnly", postgres: { ...postgresLink.postgres!, owns: true } } },
    }),
    says: `App api: links.DB.role: "readOnly" can't own the tables; leave out postgres.owns`,
  },
  "a database of Postgres' own": {
    make: postgres({ databases: { template0: {} } }),
    says: 'databases.template0: "template0" is not allowed',
  },
  "a link to every pod": {
    make: app({ links: { DB: { ...link, selector: {} } } }),
    says: "App api: links.DB.selector: an empty object is not allowed; give at least 1 entry",
  },
  "a link to nothing": {
    make: app({ links: { DB: { ...link, address: undefined } } }),
    says: "App api: links.DB: the link offers nothing; give it one of postgres, secret and address",
  },
  "a link's variable that no volume can be named after": {
    make: app({ links: { DB_: link } }),
    says: 'App api: links.DB_: "DB_" is not allowed; give capitals, digits and inner underscores',
  },
  "a link's variable that leaves its Job no room for a name": {
    make: app({ links: { ["A".repeat(47)]: postgresLink } }),
    says: "with the app's name it has 51 characters, and a Job's name has room for 50; shorten one of them",
  },
  "a namespace in capitals": {
    make: () => new palier.Environment("other", { namespace: "Shop" }),
    says: 'Environment other: namespace: "Shop" is not allowed; give 1–63 lower-case letters',
  },
  "an aim below what production may have": {
    make: () => new palier.Environment("other", { profiles: { production: { replicas: { min: 1 } } } }),
    says: "Environment other: profiles.production.replicas.min: 1 is not allowed in production; give 2 or more: one pod alone is gone with its node",
  },
  "the same, of an environment told in plain data": {
    make: () => {
      const environment = { system: "shop", stage: "prod", namespace: "shop", profile: { debug: true } };
      new palier.App("api", { environment, image });
    },
    says: "App api: environment.profile.debug: true is not allowed in production; give false: debug switches show settings",
  },
  "fewer replicas at most than at least, in a profile": {
    make: () => new palier.Environment("other", { profiles: { dev: { replicas: { min: 5, max: 2 } } } }),
    says: "Environment other: profiles.dev.replicas.max: 2 is less than replicas.min, 5",
  },
  "a log level that there is not": {
    make: () => new palier.Environment("other", { profiles: { staging: { logLevel: "trace" } } }),
    says: 'Environment other: profiles.staging.logLevel: "trace" is not allowed; give one of debug, info',
  },
  "a quota of half a pod": {
    make: () => new palier.Environment("other", { quota: { pods: 0.5 } }),
    says: "Environment other: quota.pods: 0.5 is not allowed; give a whole number from 1 to 100000",
  },
  "a container's most that is less than its usual": {
    make: () => new palier.Environment("other", { containers: { mostMemory: "64Mi" } }),
    says: "Environment other: containers.mostMemory: 64Mi is less than memory, 128Mi; give as much",
  },
  "a priority class of Kubernetes' own": {
    make: () => new palier.Environment("other", { priorityClass: { name: "system-node-critical" } }),
    says: 'Environment other: priorityClass.name: "system-node-critical" is not allowed; give a name without the system-',
  },
  "a profile of an environment that there is not": {
    make: () => new palier.Environment("other", { profiles: { prod: {} } }),
    says: 'Environment other: profiles.prod: "prod" is not allowed; give one of dev, review, staging, production',
  },
  "a review without an hour": {
    make: () => new palier.Environment("other", { reviewHours: 0 }),
    says: "Environment other: reviewHours: 0 is not allowed; give a whole number from 1 to 8760",
  },
  "a secret in the place of a structured setting": {
    make: () => new palier.Environment("other"),
    secrets: { "palier:merged": "hush-hush-hush" },
    says: "palier:merged: text is not allowed; give an object with from, sha256",
  },
  "a pod that must be ready for longer than a rollout may stand still": {
    make: app({ minReadySeconds: 60, progressDeadlineSeconds: 60 }),
    says: "App api: minReadySeconds: 60 is not allowed; give a whole number from 0 to 59",
  },
  "an origin with a password": {
    make: app({ edge: { host: "shop.example", cors: { origins: ["https://me:hush-hush@shop.example"] } } }),
    says: 'edge.cors.origins[0]: "https://…@shop.example" is not allowed; give an exact origin',
  },
  "a redirect to an address with a user that is a token": {
    make: app({ edge: { host: "shop.example", redirects: { "/old": { to: "https://hush-hush@shop.example/new" } } } }),
    says: 'edge.redirects./old.to: "https://…@shop.example/new" is not allowed; give a path of',
  },
  "a host outside with a password that holds what ends an address": {
    make: () => palier.outside({ host: "me:hush/hush@api.example" }),
    says: 'outside: host: "…@api.example" is not allowed',
  },
  "an image whose registry has a password": {
    make: app({ image: `https://me:hush hush@registry.example/api@sha256:${"a".repeat(64)}` }),
    says: 'image: "https://…@registry.example/api@sha256:aaaa',
  },
  "a tag where digests count": {
    make: app({ image: "registry.example/api:1.2.3" }),
    says: "immutable-image-tag",
  },
};

describe("a wrong argument", () => {
  for (const [what, { make, says, ...given }] of Object.entries(wrong)) {
    it(`is told with its path and what is allowed: ${what}`, () =>
      assert.rejects(
        declared({ stack: "staging", ...given }, () => make(new palier.Environment("shop"))),
        (error: Error) => {
          assert.ok(error.message.includes(says), error.message);
          assert.ok(!/hush|in-clear-in/.test(error.message), error.message);
          return true;
        },
      ));
  }
});

describe("a name as long as may be", () => {
  const longest = "a".repeat(40);

  it("leaves room for what an app makes for itself", () =>
    declared({ stack: "dev" }, () => {
      const environment = { system: "shop", stage: "dev", namespace: "shop" };
      const migrate = { command: ["migrate"] };
      new palier.App(longest, { environment, image, migrate, secrets: { API_KEY: { generate: 32 } } });
    }));

  it("is the stack's too: a namespace that can't be made of it is refused", () =>
    assert.rejects(
      declared({ stack: "Prod" }, () => new palier.Environment("shop")),
      /Environment shop: namespace: "shop-Prod" is not allowed; give 1–63 lower-case letters/,
    ));
});
