import assert from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared, find } from "../declared.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

function app(args: Partial<palier.AppArgs>, stack = "staging") {
  const secrets = { "avnir:SENTRY_DSN": "https://key@o1.ingest.sentry.io/1" };
  return declared({ stack, secrets }, () => {
    new palier.App("api", { environment: new palier.Environment("shop"), image, ...args });
  });
}

async function variables(args: Partial<palier.AppArgs>, stack?: string, name = "api"): Promise<Record<string, string>> {
  return find(await app(args, stack), "kubernetes:core/v1:ConfigMap", `${name}-variables`).inputs.data;
}

const sentry: Partial<palier.AppArgs> = { secrets: { SENTRY_DSN: { config: true } } };
const otlp: Partial<palier.AppArgs> = {
  links: { OTEL_EXPORTER_OTLP_ENDPOINT: palier.outside({ host: "otel.example", port: 4318 }) },
};

describe("telemetry", () => {
  it("tells Sentry's library the environment that it runs in, and traces a tenth [MP-50 MP-109 YO-42 C-42 MQ-81]", async () => {
    for (const stack of ["dev", "staging", "production"]) {
      const told = await variables(sentry, stack);
      assert.deepEqual([told["SENTRY_ENVIRONMENT"], told["SENTRY_TRACES_SAMPLE_RATE"]], [stack, "0.1"]);
      assert.equal(told["SENTRY_RELEASE"], `sha256:${"a".repeat(64)}`);
      assert.ok(!JSON.stringify(told).includes("ingest.sentry.io"));
    }
  });

  it("tells OpenTelemetry's who it is, and opens the way by a link: to one place for logs, too [DP-25 DP-76 DP-72 MQ-78]", async () => {
    const told = await variables(otlp);
    assert.equal(told["OTEL_EXPORTER_OTLP_ENDPOINT"], "https://otel.example:4318");
    assert.deepEqual([told["OTEL_SERVICE_NAME"], told["OTEL_LOGS_EXPORTER"]], ["api", "otlp"]);
    const attributes = "service.namespace=shop,deployment.environment.name=staging,deployment.environment=staging";
    assert.equal(told["OTEL_RESOURCE_ATTRIBUTES"], attributes);
  });

  it("names each process of an app by its own name", async () => {
    const workers = { mail: { command: ["mail"] } };
    const told = await variables({ ...otlp, workers }, "staging", "api-mail");
    assert.equal(told["OTEL_SERVICE_NAME"], "api-mail");
    const plain = await variables({ workers }, "staging", "api-mail");
    assert.ok(!Object.hasOwn(plain, "OTEL_SERVICE_NAME"));
  });

  it("tells nothing of it to a process that sends nothing", async () => {
    const names = Object.keys(await variables({}));
    assert.deepEqual(
      names.filter((name) => /^(OTEL|SENTRY)_/.test(name)),
      [],
    );
  });

  it("lets an app say otherwise, but not that it is another environment [MP-109]", async () => {
    const own = { SENTRY_TRACES_SAMPLE_RATE: "1", SENTRY_ENVIRONMENT: "staging-eu" };
    assert.equal((await variables({ ...sentry, variables: own }))["SENTRY_TRACES_SAMPLE_RATE"], "1");
    const message = /App api: variables\.SENTRY_ENVIRONMENT: "prod" stands for production, and this is staging/;
    await assert.rejects(app({ ...sentry, variables: { SENTRY_ENVIRONMENT: "prod" } }), message);
  });
}).timeout(60_000);
