import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { containerRule, podRule } from "../pods/podRule.ts";
import { imageReference, isFloatingTag } from "./imageReference.ts";

export const pullAlways = containerRule(
  {
    id: "pull-always",
    description: "Images with a tag that may move are pulled each time.",
    why: "Two nodes run two programs under one tag, each the one that it happened to pull first.",
    severity: "low",
    levels: off,
    rows: ["C05"],
  },
  ({ field, name }) => {
    const { tag, digest } = imageReference(field.at("image").text ?? "");
    const policy = field.at("imagePullPolicy");
    const fix = "write Always, or name a version";
    // Left out, it is Always for `latest` and for no tag.
    if (policy.absent || digest || (tag && !isFloatingTag(tag))) return [];
    const words = { problem: "takes what the node happens to have", fix, value: policy.text };
    return judge(policy, () => (policy.text === "Always" ? [] : [finding(policy, words, name)]), name);
  },
);

export const pullSecrets = podRule(
  {
    id: "pull-secrets",
    description: "Pods name the secrets by which their images are pulled.",
    why: "On a node without credentials of its own the pod waits in ImagePullBackOff.",
    severity: "low",
    levels: off,
    rows: ["C06"],
  },
  ({ spec, partial }) => {
    const field = spec.at("imagePullSecrets");
    if (field.unknown) return [notDecided(field)];
    return (field.absent || field.items().length === 0) && !partial
      ? [finding(field, { problem: "is not set", fix: "name the registry's secret" })]
      : [];
  },
);
