import { z } from "zod";
import { finding } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import { advisedInProduction, inProduction } from "./levels.ts";
import { imagesField } from "./recorded.ts";
import { ownRecords, type Release } from "./release.ts";

export const documented = ruleWith(
  {
    id: "release-metadata",
    description: "A release says which commit it is, who made it, and what it changes.",
    why: "Whoever is called at night must know what came, and whom to ask.",
    severity: "medium",
    levels: inProduction,
    demands: ["R-36"],
  },
  (release: Release) =>
    ownRecords(release).flatMap(({ image, record }) =>
      (["commit", "author", "changeDocument"] as const)
        .filter((key) => record[key] === undefined)
        .map((key) => missing(release, image.name, key)),
    ),
);

export const rollbackPlan = ruleWith(
  {
    id: "rollback-plan-documented",
    description: "A release says how to go back, before it goes.",
    why: "The way back is found while there is time, not while users wait.",
    severity: "high",
    levels: inProduction,
    demands: ["R-04", "R-36", "R-65"],
  },
  (release: Release) =>
    ownRecords(release).flatMap(({ image, record }) =>
      record.rollbackPlan === undefined ? [missing(release, image.name, "rollbackPlan")] : [],
    ),
);

export const approved = ruleWith(
  {
    id: "human-approval",
    description: "Somebody other than its author has approved a release.",
    why: "Two people see what one overlooks; a machine approves whatever it was told to.",
    severity: "high",
    levels: inProduction,
    demands: ["R-29", "R-36"],
    parameters: z.strictObject({
      approvals: z.int().min(1).max(10).default(1).describe("how many people must have approved"),
    }),
  },
  (release: Release, { approvals }) =>
    ownRecords(release).flatMap(({ image, record }) => {
      const author = plain(record.author ?? "");
      const people = new Set(record.approvals.map(({ by }) => plain(by)).filter((by) => by !== author && !isBot(by)));
      if (people.size >= approvals) return [];
      const field = imagesField(release.system).at(image.name, "approvals");
      const by = record.approvals.map(({ by }) => by).join(", ") || "nobody";
      const problem = `is approved by ${by}; it takes ${approvals} who ${approvals === 1 ? "is" : "are"} neither its author nor a bot`;
      return [
        finding(field, { problem, fix: "let somebody else approve it: palier record add … --approved-by <name>" }),
      ];
    }),
);

export const byPipeline = ruleWith(
  {
    id: "no-manual-deploy",
    description: "Production is changed by the pipeline. A guard rail: the marks of a CI system can be set by hand.",
    why: "What somebody did by hand nobody can repeat, and nobody else has seen.",
    severity: "medium",
    levels: { ...advisedInProduction, production: "off" },
    demands: ["R-49"],
  },
  ({ system, pipeline }: Release) =>
    pipeline === undefined
      ? [finding(imagesField(system), { problem: "is released by hand", fix: "let CI run pulumi up" })]
      : [],
);

export const promotedFlags = ruleWith(
  {
    id: "flag-promotion",
    description: "A feature flag that is on in production was on in staging.",
    why: "A flag switches code on that this production has never run.",
    severity: "medium",
    levels: advisedInProduction,
  },
  (release: Release) =>
    ownRecords(release).flatMap(({ record }) => {
      const tried = record.verified.staging?.flags;
      return Object.entries(release.flags)
        .filter(([name, on]) => on && tried?.[name] !== true)
        .map(([name]) => {
          const problem = tried ? "is on, and was off in staging" : "is on, and staging's flags are not on record";
          const fix = "switch it on in staging first, and record it with --flag";
          return finding(imagesField(release.system).seenAt(`${release.system}:featureFlags.${name}`), {
            problem,
            fix,
          });
        });
    }),
);

function missing({ system }: Release, name: string, key: "commit" | "author" | "changeDocument" | "rollbackPlan") {
  const option = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const field = imagesField(system).at(name, key);
  return finding(field, { problem: "is not on record", fix: `let CI record it: palier record add … --${option}` });
}

const plain = (name: string) => name.trim().toLowerCase();
const isBot = (name: string) => /\[bot\]$|^(github-actions|gitlab-ci|ci|bot|dependabot|renovate)$/.test(name);
