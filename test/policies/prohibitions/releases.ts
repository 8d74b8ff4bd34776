import type { Gate, ReleaseRecord } from "../../../core/records/releaseRecord.ts";
import type { Prohibition } from "./deviation.ts";
import { container, refusing } from "./parts.ts";
import { days, goodRecord, passed } from "./records.ts";

const other = container("image", () => `registry.example/avnir/other@sha256:${"e".repeat(64)}`);
const gate = (name: Gate, proof: ReleaseRecord["gates"][Gate]): Partial<ReleaseRecord> => ({
  gates: { ...goodRecord.gates, [name]: proof },
});
const asking = (...required: Gate[]) => ({ "release-gates": { required } });
const verified = (environment: "dev" | "staging", daysAgo: number): Partial<ReleaseRecord> => ({
  verified: { [environment]: { at: days(daysAgo) } },
});

/** What goes to production, when, and on whose word. */
export const releases: readonly Prohibition[] = [
  {
    demand: "R-01",
    does: "runs an image that only its program names",
    rule: "only-configured-images",
    refused: { changes: [other] },
    passes: { stack: "staging", changes: [other] },
  },
  {
    demand: "R-02",
    does: "failed its tests",
    rule: "release-gates",
    refused: { record: gate("tests", { ...passed, result: "failed" }) },
    passes: { record: gate("tests", passed) },
  },
  {
    demand: "R-04",
    does: "does not say how to go back",
    rule: "rollback-plan-documented",
    refused: { record: { rollbackPlan: undefined } },
    passes: { record: { rollbackPlan: "docs/rollback.md" } },
  },
  {
    demand: "R-05",
    does: "goes on a Friday at 17:00 in Paris",
    rule: "deploy-window",
    refused: { at: "friday 16:00" },
    passes: { at: "friday 12:00" },
  },
  {
    demand: "R-15",
    does: "was never in staging",
    rule: "staging-before-production",
    refused: { record: { verified: {} } },
    passes: { record: verified("staging", 1) },
  },
  {
    demand: "R-16",
    does: "was in staging 40 days ago",
    rule: "staging-before-production",
    refused: { record: verified("staging", 40) },
    passes: { record: verified("staging", 10) },
  },
  {
    demand: "R-28",
    does: "was not scanned",
    rule: "image-scanned",
    refused: { record: gate("scan", undefined) },
    passes: { record: gate("scan", { ...passed, measured: 0 }) },
  },
  {
    demand: "R-29",
    does: "is approved by its author",
    rule: "human-approval",
    refused: { record: { approvals: [{ by: "Ann", at: days(1) }] } },
    passes: { record: { approvals: [{ by: "Bob", at: days(1) }] } },
  },
  {
    demand: "R-36",
    does: "does not say what it changes",
    rule: "release-metadata",
    refused: { record: { changeDocument: undefined } },
    passes: { record: { changeDocument: "docs/changes/12.md" } },
  },
  {
    demand: "R-49",
    does: "is released by hand",
    rule: "no-manual-deploy",
    refused: { set: refusing("no-manual-deploy") },
    passes: { pipeline: true, set: refusing("no-manual-deploy") },
  },
  {
    demand: "R-50",
    does: "is not what staging ran",
    rule: "staging-before-production",
    refused: { record: verified("dev", 1) },
    passes: { record: verified("staging", 1) },
  },
  {
    demand: "R-56",
    does: "covers 80 % by tests, and no more",
    rule: "release-gates",
    refused: { record: gate("coverage", { ...passed, measured: 80 }) },
    passes: { record: gate("coverage", { ...passed, measured: 80.1 }) },
  },
  {
    demand: "R-62",
    does: "left out a step of the pipeline",
    rule: "release-gates",
    refused: { set: asking("tests", "lint", "types", "scan", "migrations") },
    passes: { set: asking("tests", "lint", "types", "scan", "migrations"), record: gate("migrations", passed) },
  },
  {
    demand: "R-63",
    does: "comes without a verified backup",
    rule: "release-gates",
    refused: { set: asking("backup"), record: gate("backup", { ...passed, result: "failed" }) },
    passes: { set: asking("backup"), record: gate("backup", passed) },
  },
  {
    demand: "R-64",
    does: "is not the image that staging ran",
    rule: "staging-before-production",
    refused: { record: verified("dev", 3) },
    passes: { record: verified("staging", 3) },
  },
  {
    demand: "R-65",
    does: "was not measured",
    rule: "release-gates",
    refused: { record: gate("performance", undefined) },
    passes: { record: gate("performance", passed) },
  },
];
