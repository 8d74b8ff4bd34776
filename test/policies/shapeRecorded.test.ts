import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PolicyResource, ReportViolation } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { readShape } from "../../core/records/shapeRecord.ts";
import { envParity } from "../../core/rules/parity/envParity.ts";
import { liveIdentity } from "../../core/rules/parity/liveIdentity.ts";
import { Memory } from "../../policies/adapter/memory.ts";
import { recordShape } from "../../policies/adapter/shapeRecorded.ts";
import { avnir } from "../avnir.ts";
import { temporaryFolder } from "../temporary.ts";
import { preview } from "./preview.ts";

type Resource = { type: string; name: string; props: object };
const root = (stack: string): Resource => ({ type: "pulumi:pulumi:Stack", name: `avnir-${stack}`, props: {} });
const deployment = (app: string): Resource => ({
  type: "kubernetes:apps/v1:Deployment",
  name: "api",
  props: {
    metadata: { name: "api", namespace: "avnir" },
    spec: {
      selector: { matchLabels: { app } },
      template: { metadata: { labels: { app } }, spec: { containers: [{ name: "api", image: "api:1" }] } },
    },
  },
});

describe("the record of what runs in an environment", () => {
  let records: string;
  beforeEach(() => {
    records = temporaryFolder("shapes");
    pulumi.runtime.setAllConfig({ "palier:records": records });
  });
  afterEach(() => pulumi.runtime.setAllConfig({}));

  /** What an update says that shows these resources, in a stack that has some more. */
  function updated(stack: string, shown: readonly Resource[], more: readonly Resource[] = []): string[] {
    const urn = ({ type, name }: Resource) => `urn:pulumi:${stack}::avnir::${type}::${name}`;
    const memory = new Memory();
    const all = [root(stack), ...shown];
    for (const one of all) memory.see({ ...one, urn: urn(one) });
    const resources = [...all, ...more].map((one) => ({ type: one.type, urn: urn(one) }));
    const said: string[] = [];
    const report = ({ message }: { message: string }) => said.push(message);
    recordShape(
      memory,
      urn(root(stack)),
      resources as unknown as PolicyResource[],
      report as unknown as ReportViolation,
    );
    return said;
  }

  it("is written after an update, and read before the next: a changed selector is refused [AV-01 P-30]", async () => {
    deepEqual(updated("production", [deployment("api")]), []);
    const told = async (app: string) =>
      (await preview("production", [root("production"), deployment(app)], [liveIdentity])).map((one) => one.message);
    deepEqual(await told("api"), []);
    match((await told("web")).join(), /spec\.selector = .* is not that of the workload that is live/);
  });

  it("stays as it was where an update shows a part only", () => {
    updated("production", [deployment("api")]);
    const [said] = updated("production", [], [deployment("api")]);
    match(said!, /Nothing was recorded: 1 resources were not part of this update/);
    equal(Object.keys(readShape(records, "avnir", "production")!.workloads).join(), "Deployment avnir/api");
  });

  it("is not made of a review environment", () => {
    updated("pr-7", [deployment("api")]);
    equal(readShape(records, "avnir", "review"), undefined);
  });

  it("finds AVNIR alike in staging and production, and holds no value [DP-03 DP-14 YO-05 P-08]", async () => {
    const of = async (stack: string) => {
      const declared = await avnir(stack);
      pulumi.runtime.setAllConfig({ "palier:records": records });
      return declared.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
    };
    updated("staging", await of("staging"));
    const text = readFileSync(join(records, "avnir/shapes/staging.json"), "utf8");
    ok(!/sk_test|staging\.avnir/.test(text));
    const memory = new Memory();
    for (const one of [root("production"), ...(await of("production"))]) {
      memory.see({ ...one, urn: `urn:pulumi:production::avnir::${one.type}::${one.name}` });
    }
    const found = memory
      .seen()
      .flatMap(({ subject }) => (subject.object.kind === "Stack" ? envParity.check(subject) : []));
    deepEqual(found, []);
  });
}).timeout(60_000);
