import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { sarif } from "../../cli/formats/sarif.ts";
import { about, type Report, type Told } from "../../cli/formats/told.ts";
import { themes } from "../../policies/themes.ts";

const rules = themes.flatMap((theme) => theme.rules);
const told = (more: Partial<Told> = {}): Told => ({
  ...about(rules[0]!),
  level: "mandatory",
  text: 'Deployment "api": spec.replicas = "1" is too few. Fix: write 2.',
  file: "deploy/api.yaml",
  line: 3,
  logical: "Deployment api",
  ...more,
});
const report = (...all: Told[]): Report => ({ told: all, exemptions: [], problems: [], environment: "staging" });
const runOf = (...all: Told[]) => JSON.parse(sarif([report(...all)])).runs[0];
const uriOf = (file: string) =>
  runOf(told({ file })).results[0].locations[0].physicalLocation.artifactLocation.uri as string;

/** What GitHub asks of a file that it shall show: docs.github.com, "SARIF support for code scanning". */
describe("SARIF for GitHub", () => {
  it("says of each rule all that GitHub requires, within its limits", () => {
    const run = runOf(...rules.map((rule) => told(about(rule))));
    equal(run.tool.driver.rules.length, rules.length);
    for (const { id, shortDescription, fullDescription, help, properties } of run.tool.driver.rules) {
      match(id, /^[a-z0-9-]{1,255}$/);
      for (const { text } of [shortDescription, fullDescription, help]) ok(text.length > 0 && text.length <= 1024, id);
      match(properties["security-severity"], /^(10|[0-9])\.[0-9]$/);
      ok(properties.tags.length <= 20 && properties.tags.includes("security"), id);
    }
  });

  it("places each result in a whole region, and names its rule and its environment", () => {
    const { automationDetails, results } = runOf(told());
    equal(automationDetails.id, "palier/staging/");
    const [{ ruleId, level, message, locations }] = results;
    deepEqual([ruleId, level, message.text], [rules[0]!.id, "error", told().text]);
    deepEqual(locations[0].physicalLocation, {
      artifactLocation: { uri: "deploy/api.yaml" },
      region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 1 },
    });
  });

  it("knows a finding again when its line moves, and two of one line apart", () => {
    const prints = (...all: Told[]): string[] =>
      runOf(...all).results.map((one: { partialFingerprints: { primaryLocationLineHash: string } }) => {
        return one.partialFingerprints.primaryLocationLineHash;
      });
    const [first, moved, other] = prints(told(), told({ line: 9 }), told({ logical: "Deployment web" }));
    equal(first, moved);
    notEqual(first, other);
  });

  it("names files from where it runs, as a URI", () => {
    equal(uriOf("./deploy/api.yaml"), "deploy/api.yaml");
    equal(uriOf(`${process.cwd()}/deploy/api.yaml`), "deploy/api.yaml");
    equal(uriOf("deploy/my app#1.yaml"), "deploy/my%20app%231.yaml");
    equal(uriOf("/elsewhere/a b.yaml"), pathToFileURL("/elsewhere/a b.yaml").href);
  });

  it("keeps the gravest where there are more than GitHub takes, and says so", () => {
    const many = Array.from({ length: 25_000 }, (_, index) => told({ level: "advisory", logical: `Pod p${index}` }));
    const { results, invocations } = runOf(...many, told());
    deepEqual([results.length, results[0].level], [25_000, "error"]);
    match(invocations[0].toolExecutionNotifications[0].message.text, /^1 more findings are left out/);
  });

  it("says what is wrong with the configuration", () => {
    const { invocations } = JSON.parse(sarif([{ ...report(), problems: ['there is no rule "x".'] }])).runs[0];
    equal(invocations[0].executionSuccessful, false);
    equal(invocations[0].toolConfigurationNotifications[0].message.text, 'there is no rule "x".');
  });
});
