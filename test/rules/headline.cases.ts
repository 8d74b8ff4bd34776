import {
  imageByDigest,
  noDebugInProduction,
  noOpenCors,
  noPlaintextSecrets,
  secretsIsolated,
} from "../../core/rules/index.ts";
import { withContainer } from "./manifests.ts";
import { tables } from "./table.ts";

// Plain cases only: what else they see, and from where, stands in test/policies.
const { cases, table } = tables();

export { cases };

const variable = (name: string, value: unknown) => withContainer({ env: [{ name, value }] });
const secretKey = (name: string) =>
  withContainer({ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name, key: "password" } } }] });

table(noOpenCors, {
  refuses: { "every origin": variable("CORS_ORIGIN", "*") },
  passes: { "one origin": variable("CORS_ORIGIN", "https://shop.example") },
});

table(noDebugInProduction, {
  refuses: { "a verbose log level": variable("LOG_LEVEL", "debug") },
  passes: { "a quieter one": variable("LOG_LEVEL", "info") },
});

table(noPlaintextSecrets, {
  refuses: { "a password": variable("DB_PASSWORD", "hunter2") },
  passes: { "a password in a Secret": secretKey("db") },
});

table(secretsIsolated, {
  refuses: { "a Secret of staging": secretKey("db-staging") },
  passes: { "one of production": secretKey("db-production") },
});

table(imageByDigest, {
  refuses: { "a tag": withContainer({ image: "registry.example/api:1.2.3" }) },
  passes: { "a digest": withContainer({ image: `registry.example/api:1.2.3@sha256:${"0a".repeat(32)}` }) },
});
