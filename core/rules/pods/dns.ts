import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { podRule } from "./podRule.ts";

export const dnsOptions = podRule(
  {
    id: "dns-options",
    description: "Pods look full names up at once: ndots is set, as its default of 5 asks four times in vain.",
    why: "Each call to an outside service waits for look-ups in vain, and under load the cluster's DNS gives way first.",
    severity: "low",
    levels: off,
    rows: ["F17"],
    parameters: z.strictObject({ ndots: z.int().min(0).max(15).default(2).describe("its value") }),
  },
  ({ spec, partial }, { ndots }) => {
    if (partial) return [];
    const options = spec.at("dnsConfig", "options");
    const stated = options.items().filter((option) => option.unknown || option.at("name").text === "ndots");
    const values = stated.map((option) => option.at("value"));
    if (values.some(({ text }) => text === String(ndots))) return [];
    const open = values.find(({ unknown }) => unknown);
    if (open) return [notDecided(open)];
    const [field = options] = values;
    return [finding(field, { problem: `does not set ndots to ${ndots}`, fix: `name ndots with value "${ndots}"` })];
  },
);
