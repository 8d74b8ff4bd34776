import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { modestRoles } from "../../core/rules/database/roleRights.ts";
import { headlineRules } from "../../core/rules/index.ts";
import { profileFloors } from "../../core/rules/options/profileFloors.ts";
import { configMap, deployment, image, object, withEnv } from "./manifests.ts";
import { configured } from "./packProcess.ts";
import { type Diagnostic, preview, type Resource, secret, unknown } from "./preview.ts";

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

  it("takes a project's own stack names for what its configuration says, and says what of them can't be [AV-13 C-65]", async () => {
    pulumi.runtime.setAllConfig({ "palier:stages": JSON.stringify({ live: "staging", prod: "dev" }) });
    const found = await preview("live", [root, withEnv({ DEBUG: "true" })]);
    pulumi.runtime.setAllConfig({});
    deepEqual(
      found.map(({ policy, level }) => [policy, level]),
      [
        ["known-environment", "advisory"],
        ["no-debug-in-production", "advisory"],
      ],
    );
    match(found[0]!.message, /palier:stages: "prod" means production already; leave it out\. It counts for nothing\./);
  });

  it("judges by what an Environment says that its stage means, unless that is below its floors [DP-43]", async () => {
    const environment = (profile: object) => ({ type: "palier:index:Environment", name: "shop", props: { profile } });
    const byTag = deployment({ image: "registry.example/api:1.2" });
    const rules = [...headlineRules, profileFloors];
    const told = async (stack: string, profile: object) =>
      (await preview(stack, [environment(profile), byTag], rules)).map(({ policy, level }) => [policy, level]);
    deepEqual(await told("dev", {}), []);
    deepEqual(await told("dev", { imagesByDigest: true }), [["immutable-image-tag", "mandatory"]]);
    deepEqual(await told("staging", { imagesByDigest: false }), [
      ["profile-above-floors", "mandatory"],
      ["immutable-image-tag", "mandatory"],
    ]);
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

  it("names five of many rules with a field, and counts the others", async () => {
    const [first] = headlineRules;
    const rules = [1, 2, 3, 4, 5, 6, 7].map((number) => ({ ...first!, id: `rule-${number}` }));
    const [found] = await preview("production", [deployment({ env: unknown })], rules);
    match(found!.message, /\.env \(rule-1, rule-2, rule-3, rule-4, rule-5 and 2 more rules: not known at preview\)\.$/);
  });

  it("says that it can't see into a Helm release", async () => {
    const found = await preview("production", [object("helm.sh/v3:Release", { chart: "redis" })]);
    deepEqual(
      found.map(({ policy }) => policy),
      ["decided-at-up"],
    );
  });

  it("makes a violation of a bug in a rule, and quotes no value [P-03]", async () => {
    const broken = { ...headlineRules[0]!, id: "broken", check: () => JSON.parse("hunter2") };
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

  it("judges the roles of a Postgres that is somebody else's, and their grants [MP-136 P-22]", async () => {
    const judged = (type: string, props: object) =>
      preview("production", [{ type, name: "shop", props: { password: "hunter2", ...props } }], [modestRoles]);
    const [found] = await judged("postgresql:index/role:Role", { superuser: true });
    match(found!.message, /PostgresqlRole "shop": superuser = "true" is more than an app needs/);
    ok(!found!.message.includes("hunter2"));
    equal((await judged("postgresql:index/grant:Grant", { privileges: ["ALL"] })).length, 1);
    deepEqual(await judged("postgresql:index/role:Role", { superuser: false }), []);
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

const exemption = {
  resource: "web",
  reason: "the vendor's image needs it until its next release",
  owner: "platform",
  expires: "2999-12-31",
};

describe("the policy pack as a process", () => {
  const production = async (configuration: Parameters<typeof configured>[0], ...resources: Resource[]) =>
    configured(configuration, resources, "production");
  const of = (policy: string, found: Diagnostic[]) =>
    found.filter((one) => one.policy === policy).map(({ level, message }) => [level, message] as const);

  const told = async (configuration: object) =>
    (await configured({ rules: { ...configuration } }, [root])).filter(({ policy }) => policy === "rules");

  for (const [what, configuration, says] of [
    [
      "a rule that there is none of",
      { "no-open-core": "off" },
      /there is no rule "no-open-core"\. Rules: no-open-cors, /,
    ],
    [
      "an unknown key",
      { "no-open-cors": { alowed: [] } },
      /no-open-cors has unknown "alowed"\. Allowed: levels, exemptions\./,
    ],
    ["an unknown level", { "no-open-cors": "strict" }, /no-open-cors\.levels: /],
    ["an unknown environment", { "no-open-cors": { levels: { prod: "off" } } }, /no-open-cors\.levels/],
    ["a parameter out of range", { "few-containers": { most: 0 } }, /few-containers\.most: .*1/],
    [
      "an exemption without an owner",
      { "few-containers": { exemptions: [{ ...exemption, owner: "" }] } },
      /exemptions\.0\.owner/,
    ],
    [
      "an exemption without an end",
      { "few-containers": { exemptions: [{ ...exemption, expires: "never" }] } },
      /exemptions\.0\.expires/,
    ],
  ] as const) {
    it(`refuses ${what} in its configuration [P-01]`, async () => {
      const found = await told(configuration);
      deepEqual(
        found.map(({ level }) => level),
        ["mandatory"],
      );
      match(found[0]!.message, says);
    });
  }

  it("takes its levels from configuration, for all environments or by environment [P-01]", async () => {
    const open = withEnv({ CORS_ORIGIN: "*" });
    const levels = async (configuration: object) =>
      of("no-open-cors", await production(configuration as never, open)).map(([level]) => level);
    deepEqual(await levels({ rules: { "no-open-cors": "advisory" } }), ["advisory"]);
    deepEqual(await levels({ rules: { "no-open-cors": { levels: { production: "advisory" } } } }), ["advisory"]);
    deepEqual(await levels({ rules: { "no-open-cors": { levels: { dev: "advisory" } } } }), ["mandatory"]);
    deepEqual(await levels({ rules: { "no-open-cors": "off" } }), []);
    deepEqual(await levels({ rules: { enforcementLevel: "advisory" } }), ["advisory"]);
  });

  it("takes parameters, and a rule that is off until somebody asks for it", async () => {
    const bare = withEnv({});
    deepEqual(of("allowed-images", await production({}, bare)), []);
    const set = { "allowed-images": { levels: "mandatory", allowed: ["other.example/*"] } };
    match(of("allowed-images", await production({ rules: set }, bare))[0]![1], /is not from an allowed place/);
  });

  it("lets pass what is exempt, and nothing else, until its day is over", async () => {
    const open = withEnv({ CORS_ORIGIN: "*" });
    const name = (open.props as { metadata: { name: string } }).metadata.name;
    const judged = async (more: object) => {
      const set = { exemptions: [{ ...exemption, resource: name, ...more }] };
      return of("no-open-cors", await production({ rules: { "no-open-cors": set } }, open)).length;
    };
    equal(await judged({}), 0);
    equal(await judged({ resource: "urn:pulumi:production::*" }), 0);
    const others = [
      { resource: name.slice(1) },
      { resource: `${name}s` },
      { container: "other" },
      { expires: "2026-01-31" },
    ];
    for (const other of others) equal(await judged(other), 1, JSON.stringify(other));
  });

  it("runs as the process that the engine starts [P-16]", async () => {
    const found = await production({}, deployment({ image: "api:latest" }), deployment({ image }));
    deepEqual(
      found.filter(({ level }) => level === "mandatory").map(({ policy }) => policy),
      ["immutable-image-tag"],
    );
  });
}).timeout(60_000);
