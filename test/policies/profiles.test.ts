import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readSettings } from "../../policies/adapter/settings.ts";
import { profiles } from "../../policies/profiles/index.ts";
import { themes } from "../../policies/themes.ts";

const rules = themes.flatMap((theme) => theme.rules);
const read = (configuration: object) => readSettings({ rules, profiles }, configuration);
const levelOf = (id: string, configuration: object) => {
  const rule = rules.find((one) => one.id === id);
  ok(rule, id);
  return read(configuration).of(rule).levels.production;
};

describe("a profile", () => {
  for (const [name, { description }] of Object.entries(profiles)) {
    it(`${name} sets only what there is`, () => {
      deepEqual(read({ profile: name }).problems, []);
      ok(description.length > 20);
    });
  }

  it("baseline refuses what opens a node, and leaves the rest alone", () => {
    equal(levelOf("no-privileged-containers", { profile: "baseline" }), "mandatory");
    equal(levelOf("no-open-cors", { profile: "baseline" }), "mandatory");
    equal(levelOf("run-as-non-root", { profile: "baseline" }), "off");
    equal(levelOf("deploy-window", { profile: "baseline" }), "off");
  });

  it("restricted refuses the restricted standard too", () => {
    equal(levelOf("run-as-non-root", { profile: "restricted" }), "mandatory");
    equal(levelOf("memory-limits", { profile: "restricted" }), "off");
  });

  it("production refuses what is only advised by default", () => {
    equal(levelOf("memory-limits", {}), "advisory");
    equal(levelOf("memory-limits", { profile: "production" }), "mandatory");
    equal(levelOf("priority-class", { profile: "production" }), "off");
  });

  it("of a system holds its own law [AV-07 MQ-43 DP-44 MP-133 YO-04]", () => {
    equal(levelOf("deploy-window", { profile: "avnir" }), "mandatory");
    equal(levelOf("deploy-window", { profile: "mapquiz" }), "off");
    equal(levelOf("memory-ceiling", { profile: "mapquiz" }), "mandatory");
    equal(levelOf("image-scanned", { profile: "debrouillepro" }), "mandatory");
    equal(levelOf("rate-limit-required", { profile: "mecapy" }), "mandatory");
    equal(levelOf("no-manual-deploy", { profile: "yonima" }), "mandatory");
  });

  it("comes before what is set of a rule itself: the rest of the profile's choice stays", () => {
    const own = { profile: "mecapy", "backup-is-sound": { retentionDays: 90 }, "rate-limit-required": "advisory" };
    equal(levelOf("backup-is-sound", own), "mandatory");
    equal(levelOf("rate-limit-required", own), "advisory");
    const rule = rules.find(({ id }) => id === "backup-is-sound")!;
    deepEqual(read(own).of(rule).given, { rpoHours: 24, retentionDays: 90 });
  });

  it("that is none is told with those that there are", () => {
    const { problems } = read({ profile: "strict" });
    equal(problems.length, 1);
    match(problems[0]!, /profile: there is no "strict"\. Profiles: baseline, restricted, production, avnir, /);
  });
});

describe("a rule that binds everybody", () => {
  it("takes no exemption [AV-03 P-09]", () => {
    const [exempt] = [{ resource: "*", reason: "we are in a hurry today", owner: "me", expires: "2999-01-01" }];
    const { problems } = read({ "staging-before-production": { exemptions: [exempt] } });
    match(problems.join(), /staging-before-production has unknown "exemptions"/);
  });
});
