import { deepEqual, equal, match, ok } from "node:assert/strict";
import { configMap, deployment, image, object, withEnv } from "./manifests.ts";
import { configured } from "./packProcess.ts";
import { allRules, preview, secret, unknown } from "./preview.ts";

const root = { type: "pulumi:pulumi:Stack", name: "avnir-live", props: {} };

describe("the policy pack", () => {
  it("speaks of the component that an object belongs to [P-01]", async () => {
    const parent = "urn:pulumi:production::avnir::palier:index:Environment$palier:index:App::api";
    const [found] = await preview("production", [{ ...withEnv({ CORS_ORIGIN: "*" }), parent }]);
    match(found!.message, /\nApp "api": Deployment "api", container "api": /);
  });

  it("says once that a stack's name means no environment, and judges it as production [AV-13]", async () => {
    const found = await preview("live", [root, deployment({})]);
    deepEqual(
      found.map(({ policy, level }) => [policy, level]),
      [["known-environment", "advisory"]],
    );
    match(found[0]!.message, /"live".*dev.*staging.*production.*judge it as production/);
  });

  it("says nothing about the name of a known environment [AV-13]", async () => {
    deepEqual(await preview("preprod", [root]), []);
  });

  it("tells in one line a resource what it could not decide", async () => {
    const found = await preview("production", [deployment({ image: unknown, env: unknown, args: [unknown] })]);
    equal(found.length, 1);
    equal(found[0]!.level, "advisory");
    match(found[0]!.message, /\.image \(immutable-image-tag: not known at preview\)\.$/);
    match(
      found[0]!.message,
      /\.env \(no-open-cors, no-debug-in-production, no-plaintext-secrets, secrets-isolated: not known at preview\)/,
    );
  });

  it("says that it can't see into a Helm release", async () => {
    const found = await preview("production", [object("helm.sh/v3:Release", { chart: "redis" })]);
    deepEqual(
      found.map(({ policy }) => policy),
      ["decided-at-up"],
    );
  });

  it("makes a violation of a bug in a rule, and quotes no value [P-03]", async () => {
    const broken = { ...allRules[0]!, id: "broken", check: () => JSON.parse("hunter2") };
    const found = await preview("production", [configMap({})], [broken]);
    deepEqual(
      found.map(({ policy, level }) => [policy, level]),
      [["broken", "mandatory"]],
    );
    match(found[0]!.message, /rule broken failed on it \(SyntaxError/);
    ok(!found[0]!.message.includes("hunter2"));
  });

  it("judges the same object alike when its values are secrets [P-01 P-03]", async () => {
    const { spec } = withEnv({ CORS_ORIGIN: "*" }).props as { spec: object };
    const found = await preview("production", [{ ...deployment({}), props: { spec: secret(spec) } }]);
    deepEqual(found.map(({ policy }) => policy).sort(), ["no-open-cors", "no-plaintext-secrets"]);
    ok(found.every(({ message }) => !message.includes('"*"')));
  });

  it("leaves resources of other providers alone", async () => {
    deepEqual(
      await preview("production", [
        {
          type: "random:index/randomPassword:RandomPassword",
          name: "pw",
          props: { length: 32, token: "sk_live_4eC39HqLyjWDarjtT1zdp7dc" },
        },
      ]),
      [],
    );
  });
});

describe("the policy pack as a process", () => {
  it("refuses configuration that it doesn't know [P-01]", async () => {
    const found = await configured({ "no-open-cors": { alowed: ["*"] } }, [root]);
    deepEqual(
      found.map(({ policy, level }) => [policy, level]),
      [
        ["no-open-cors", "mandatory"],
        ["known-environment", "advisory"],
      ].sort(),
    );
    match(found.map(({ message }) => message).join(), /"alowed".*enforcementLevel/);
  });

  it("takes its levels from configuration [P-01]", async () => {
    const open = withEnv({ CORS_ORIGIN: "*" });
    const found = await configured({ "no-open-cors": { enforcementLevel: "advisory" } }, [open], "production");
    deepEqual(
      found.map(({ policy, level }) => [policy, level]),
      [["no-open-cors", "advisory"]],
    );
  });

  it("runs as the process that the engine starts [P-16]", async () => {
    const found = await configured({}, [deployment({ image: "api:latest" }), deployment({ image })], "production");
    deepEqual(
      found.map(({ policy, level }) => [policy, level]),
      [["immutable-image-tag", "mandatory"]],
    );
  });
}).timeout(30_000);
