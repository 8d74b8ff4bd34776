import { z } from "zod";
import { type Gate, gates, type ReleaseRecord } from "../../records/releaseRecord.ts";
import { finding } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import type { Finding } from "../rule.ts";
import { advisedInProduction, inProduction } from "./levels.ts";
import { imagesField } from "./recorded.ts";
import { ownRecords, type Release, type ReleasedImage } from "./release.ts";

export const passedGates = ruleWith(
  {
    id: "release-gates",
    description: "What goes to production has passed its tests, audit, checks and measurements.",
    why: "A step that nobody has to pass is a step that nobody takes.",
    severity: "high",
    levels: inProduction,
    demands: ["R-02", "R-56", "R-62", "R-63", "R-65"],
    rows: ["C08"],
    parameters: z.strictObject({
      required: z
        .array(z.enum(gates))
        .default(["tests", "coverage", "audit", "lint", "types", "performance"])
        .describe("gates that must have passed"),
      coverageAbove: z
        .number()
        .min(0)
        .max(100)
        .default(80)
        .describe("test coverage, in percent, that is not enough yet"),
    }),
  },
  (release: Release, { required, coverageAbove }) =>
    ownRecords(release).flatMap(({ image, record }) =>
      required.flatMap((gate) => unpassed(release, image, record, gate, coverageAbove)),
    ),
);

function unpassed(
  { system }: Release,
  { name }: ReleasedImage,
  { gates: passed }: ReleaseRecord,
  gate: Gate,
  coverageAbove: number,
): Finding[] {
  const field = imagesField(system).at(name, "gates", gate);
  const proof = passed[gate];
  const fix = `let CI record it: palier record add … --gate ${gate}=${gate === "coverage" ? "<percent>" : "passed"}`;
  if (!proof) return [finding(field, { problem: "is not on record", fix })];
  if (proof.result === "failed") return [finding(field, { problem: "failed", fix: "mend it, and let CI run again" })];
  if (gate !== "coverage") return [];
  if (proof.measured === undefined) return [finding(field, { problem: "says no percentage", fix })];
  if (proof.measured > coverageAbove) return [];
  const problem = `is ${proof.measured} %, and must be above ${coverageAbove} %`;
  return [finding(field, { problem, fix: "write the tests that are missing" })];
}

export const scanned = ruleWith(
  {
    id: "image-scanned",
    description: "Every image was scanned for known vulnerabilities, and nothing critical was found.",
    why: "A hole that everybody knows is the first that is tried.",
    severity: "high",
    levels: { ...advisedInProduction, staging: "advisory", production: "mandatory" },
    demands: ["R-28", "R-56"],
    rows: ["C08"],
    frameworks: ["NSA"],
    parameters: z.strictObject({
      maxCritical: z.int().min(0).default(0).describe("how much that is critical a scan may find"),
    }),
  },
  ({ images, system }: Release, { maxCritical }) =>
    images.flatMap(({ name, record }) => {
      if (!record) return [];
      const field = imagesField(system).at(name, "gates", "scan");
      const { scan } = record.gates;
      const fix = "let CI scan it, and record it: palier record add … --gate scan=<critical findings>";
      if (!scan) return [finding(field, { problem: "is not on record", fix })];
      const critical = scan.measured ?? (scan.result === "failed" ? maxCritical + 1 : 0);
      return critical > maxCritical
        ? [finding(field, { problem: "found what is critical", fix: "take an image in which it is mended" })]
        : [];
    }),
);
