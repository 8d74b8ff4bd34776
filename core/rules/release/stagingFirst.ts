import { z } from "zod";
import { finding } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import { inProduction } from "./levels.ts";
import { imagesField } from "./recorded.ts";
import { daysSince, ownRecords, type Release } from "./release.ts";

export const stagingFirst = ruleWith(
  {
    id: "staging-before-production",
    description: "Production runs what staging ran: the same digest, found healthy there, not too long ago.",
    why: "What meets its first real configuration in production fails in production.",
    severity: "critical",
    levels: inProduction,
    demands: ["R-01", "R-15", "R-16", "R-50", "R-64"],
    rows: ["K01"],
    binding: true,
    parameters: z.strictObject({
      maxAgeDays: z
        .int()
        .min(1)
        .max(365)
        .default(30)
        .describe("days for which staging's word holds; what production has or had needs it no more"),
    }),
  },
  (release: Release, { maxAgeDays }) =>
    ownRecords(release).flatMap(({ image, record }) => {
      const field = imagesField(release.system).at(image.name);
      const { staging } = record.verified;
      const fix = "put this digest up in staging, and record it there: palier record add … --verified-in staging";
      if (!staging)
        return [finding(field, { problem: "was never found healthy in staging", fix, value: record.digest })];
      const days = daysSince(staging.at, release.now);
      if (days < 0) return [finding(field, { problem: `was verified in staging in the future (${staging.at})`, fix })];
      if (days <= maxAgeDays || image.inProduction) return [];
      return [
        finding(field, {
          problem: `was verified in staging ${Math.floor(days)} days ago; ${maxAgeDays} are allowed`,
          fix,
        }),
      ];
    }),
);
