import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";
import { imageReference } from "./imageReference.ts";

/** CVE-2025-1974: whoever reaches the admission webhook runs code in the controller, which reads every Secret. */
export const noVulnerableIngress = containerRule(
  {
    id: "no-vulnerable-ingress-nginx",
    description: "The ingress-nginx controller is of a version without CVE-2025-1974: 1.11.5, 1.12.1, or a later one.",
    why: "Any pod that reaches the admission webhook can run code in the controller, which may read every Secret.",
    severity: "critical",
    levels: fromStagingOn,
    rows: ["F09"],
  },
  ({ field, name }) => {
    const image = field.at("image");
    if (image.unknown) return [notDecided(image, name)];
    const { repository, tag } = imageReference(image.text ?? "");
    const version = /^v?(\d+)\.(\d+)\.(\d+)/.exec(tag ?? "");
    if (!/(^|\/)ingress-nginx\/controller$/.test(repository) || !version) return [];
    const [major, minor, patch] = version.slice(1).map(Number) as [number, number, number];
    const mended = major > 1 || minor > 12 || (minor === 12 && patch >= 1) || (minor === 11 && patch >= 5);
    return mended
      ? []
      : [finding(image, { problem: "has CVE-2025-1974", fix: "take v1.12.1 or later", value: image.text }, name)];
  },
);
