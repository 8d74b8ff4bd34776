import { profiles } from "../../profile.ts";
import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { containers, podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { imageReference, isDigest, isFloatingTag } from "./imageReference.ts";

export const imageByDigest: Rule = {
  id: "immutable-image-tag",
  description: "Every container names one image for good: an explicit version, by digest where releases are promoted.",
  why: "A node that pulls again runs another program than the one that was tested, and there is no version to go back to.",
  severity: "high",
  levels: everywhere,
  demands: ["R-26", "R-27", "R-48"],
  check: (subject) => {
    const volumes = podSpec(subject.object)?.at("volumes").items() ?? [];
    return [
      ...containers(subject.object).flatMap(({ name, field }) => judged(field.at("image"), subject, name)),
      ...volumes.flatMap((volume) => (volume.unknown ? [] : judged(volume.at("image", "reference"), subject))),
    ];
  },
};

function judged(image: Field, { stage, profile = profiles[stage] }: Subject, container?: string): Finding[] {
  if (image.absent) return [];
  if (image.unknown) return [notDecided(image, container)];
  const text = image.text ?? "";
  const problem = problemOf(text.trim(), profile.imagesByDigest);
  if (problem === undefined) return [];
  const fix = `write it as ${(!image.secret && imageReference(text).repository) || "registry/name"}@sha256:<64 hexadecimal digits>`;
  const milder = profile.imagesByDigest ? "" : ", or with an explicit version as its tag";
  return [finding(image, { problem, fix: fix + milder, value: text }, container)];
}

function problemOf(text: string, byDigest: boolean): string | undefined {
  const { repository, tag, digest } = imageReference(text);
  if (repository === "") return "names no image";
  if (digest !== undefined)
    return isDigest(digest) ? undefined : "has a digest that is not sha256: with 64 hexadecimal digits";
  if (!tag) return 'has no tag, which means "latest": another image tomorrow';
  if (isFloatingTag(tag)) return "has a tag that moves: another image tomorrow";
  return byDigest ? "has a tag that can be moved to another image; here only a digest counts" : undefined;
}
