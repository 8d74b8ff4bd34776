import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { advisedFromStagingOn, off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { About, Finding, Rule } from "../rule.ts";
import { images } from "./imageFields.ts";
import { type ImageReference, imageReference } from "./imageReference.ts";

/** A rule about the reference of each image, as it is written and taken apart. */
function imageRule<Parameters extends z.ZodObject>(
  about: About<Parameters>,
  wrong: (image: ImageReference, text: string, given: z.infer<Parameters>) => string | undefined,
  fix: string,
): Rule {
  return ruleWith(about, (subject, given) =>
    images(subject).flatMap(({ field, container }) =>
      judge(
        field,
        (): Finding[] => {
          const text = (field.text ?? "").trim();
          const problem = wrong(imageReference(text), text, given);
          return problem ? [finding(field, { problem, fix, value: text }, container)] : [];
        },
        container,
      ),
    ),
  );
}

/** Part of `immutable-image-tag`, for those who want no more than this. */
export const explicitTag = imageRule(
  {
    id: "explicit-image-tag",
    description: "Images have a tag, and one that says a version.",
    why: "Nobody can say which version runs, and a pod that starts anew may run another one than its neighbours.",
    severity: "medium",
    levels: off,
    demands: ["R-26"],
    rows: ["C01"],
    parameters: z.strictObject({
      moving: z.array(z.string()).default(["latest"]).describe("tags that say none"),
    }),
  },
  ({ tag, digest }, _text, { moving }) => {
    if (digest) return undefined;
    if (!tag) return "has no tag";
    return moving.includes(tag) ? "has a tag that moves" : undefined;
  },
  "write its version, or its digest",
);

/** Part of `immutable-image-tag`, in every environment. */
export const digestEverywhere = imageRule(
  {
    id: "image-digest",
    description: "Images are named by their digest.",
    why: "Whoever may push to the registry can put another image under a tag that was tested.",
    severity: "medium",
    levels: off,
    demands: ["R-27"],
    rows: ["C02"],
    frameworks: ["CIS 5.5.1"],
  },
  ({ digest }) => (digest ? undefined : "has no digest"),
  "write registry/name@sha256:<64 hexadecimal digits>",
);

export const allowedImages = imageRule(
  {
    id: "allowed-images",
    description: "Images come from the named registries and repositories.",
    why: "A mistyped or borrowed name brings in a stranger's program, and it runs beside the database.",
    severity: "high",
    levels: off,
    rows: ["C03"],
    frameworks: ["CIS 5.5.1"],
    parameters: z.strictObject({
      allowed: patterns.default(["*"]).describe("references or repositories, `*` for any text: `registry.example/*`"),
    }),
  },
  ({ repository }, text, { allowed }) =>
    matches(text, allowed) || matches(repository, allowed) ? undefined : "is not from an allowed place",
  "take it from a registry that is allowed",
);

export const deniedImages = imageRule(
  {
    id: "denied-images",
    description: "Images come from no registry that was given up, or that is denied by name.",
    why: "A registry that was given up gets no security fixes, and on the day it stops answering no pod starts.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["C04"],
    parameters: z.strictObject({
      denied: patterns.default(["k8s.gcr.io/*"]).describe("references or repositories, `*` for any text"),
    }),
  },
  ({ repository }, text, { denied }) =>
    matches(text, denied) || matches(repository, denied) ? "is from a place that is denied" : undefined,
  "take it from another registry, such as registry.k8s.io for what was at k8s.gcr.io",
);
