import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared } from "../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

const app = (args: Partial<palier.AppArgs>) => (environment: palier.Environment) =>
  new palier.App("api", { environment, image, ...args });
const postgres = (args: Partial<palier.PostgresArgs>) => (environment: palier.Environment) =>
  new palier.Postgres("db", { environment, image, databases: { shop: {} }, ...args });
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
    says: 'resources.memory: "5Gb" is not allowed; give a quantity above zero such as 256Mi or 1Gi',
  },
  "no processor": {
    make: app({ resources: { cpu: "0" } }),
    says: 'resources.cpu: "0" is not allowed; give a CPU quantity above zero such as 250m or 1.5',
  },
  "storage below zero": {
    make: postgres({ storage: "-1Gi" }),
    says: 'storage: "-1Gi" is not allowed; give a quantity above zero such as 256Mi or 1Gi',
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
  "a pod that must be ready for longer than a rollout may stand still": {
    make: app({ minReadySeconds: 60, progressDeadlineSeconds: 60 }),
    says: "minReadySeconds: 60 is not allowed; give a whole number from 0 to 59",
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
