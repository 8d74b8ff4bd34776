import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Finding } from "../rule.ts";

const wanted = z.array(
  z.strictObject({
    key: z.string().min(1).describe("its key"),
    matches: z.string().optional().describe("a regular expression that its value matches"),
  }),
);
const kinds = patterns.default(["*"]).describe("kinds of objects it is about");

export const requiredLabels = ruleWith(
  {
    id: "required-labels",
    description: "Objects have the labels by which people find whose they are.",
    why: "Nobody knows whom to call when it fails, what it costs, or whether it may go.",
    severity: "low",
    levels: off,
    rows: ["I03"],
    parameters: z.strictObject({ labels: wanted.default([{ key: "app.kubernetes.io/name" }]), kinds }),
  },
  ({ object }, given) => (matches(object.kind, given.kinds) ? missing(object, "labels", given.labels) : []),
);

export const requiredAnnotations = ruleWith(
  {
    id: "required-annotations",
    description:
      "Objects have the annotations that are asked for, and of a reserved prefix only those that are allowed.",
    why: "Tools that go by them, for owners, costs or rollouts, pass the object by in silence.",
    severity: "low",
    levels: off,
    rows: ["I04"],
    parameters: z.strictObject({
      annotations: wanted.default([]),
      reserved: z.string().optional().describe("a prefix of which only `allowed` may be written: `fluxcd.io/`"),
      allowed: z.array(z.string()).default([]).describe("keys"),
      kinds,
    }),
  },
  ({ object }, given) => {
    if (!matches(object.kind, given.kinds)) return [];
    const { reserved, allowed } = given;
    const others = metadataOf(object).flatMap((metadata) =>
      metadata
        .at("annotations")
        .entries()
        .filter(({ key, unknown }) => reserved && (unknown || (key.startsWith(reserved) && !allowed.includes(key))))
        .map((field) =>
          field.unknown && !field.key.startsWith(reserved ?? "")
            ? notDecided(field)
            : finding(field, { problem: "is not allowed", fix: `of ${reserved} only ${allowed.join(", ")}` }),
        ),
    );
    return [...missing(object, "annotations", given.annotations), ...others];
  },
);

function missing(object: KubernetesObject, map: string, required: z.infer<typeof wanted>): Finding[] {
  if (object.partial) return [];
  return metadataOf(object).flatMap((metadata) =>
    required.flatMap(({ key, matches: pattern }) => {
      const field = metadata.at(map, key);
      const fix = pattern ? `write a value that matches ${pattern}` : "write it";
      if (field.absent || field.text === "") return [finding(field, { problem: "is not set", fix })];
      const fits = pattern === undefined || new RegExp(pattern).test(field.text ?? "");
      return judge(field, () =>
        fits ? [] : [finding(field, { problem: "has another form", fix, value: field.text })],
      );
    }),
  );
}

/** The object's own metadata; for a pod template its metadata, as it is the pods that people look for. */
function metadataOf(object: KubernetesObject): Field[] {
  const { kind, root } = object;
  if (kind === "CronJob") return [root.at("spec", "jobTemplate", "spec", "template", "metadata")];
  return [podSpec(object) && kind !== "Pod" ? root.at("spec", "template", "metadata") : root.at("metadata")];
}
