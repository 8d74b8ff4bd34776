import { z } from "zod";
import { meaningOf } from "../cors/noOpenCors.ts";
import { openOrigin, originsIn } from "../cors/origins.ts";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { nameWords } from "../nameWords.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { settings } from "../reading/settings.ts";
import { hosts, routeKinds } from "./routes.ts";

export const corsServed = ruleWith(
  {
    id: "cors-origin-is-served",
    description:
      "Cross-origin requests are allowed from hosts that the stack itself serves, or from ones that are named.",
    why: "An origin that nobody serves any more may be taken by somebody else, who then reads the answers.",
    severity: "low",
    levels: advisedFromStagingOn,
    demands: ["R-47"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("hosts that are served elsewhere, `*` for any text"),
    }),
  },
  ({ object, inventory }, { external }) => {
    const served = inventory.all([...routeKinds, "Gateway"]).flatMap(hosts);
    const known = served.flatMap(({ text }) => text ?? []).filter((host) => host !== "");
    if (served.length === 0) return [];
    return settings(object, inventory)
      .filter(({ name }) => name !== undefined && meaningOf(nameWords(name)) === "origins")
      .flatMap(({ value, container }) => {
        if (value.unknown) return [notDecided(value, container)];
        const foreign = originsIn(value.text ?? "")
          .filter((origin) => openOrigin(origin)?.wildcard !== true)
          .find((origin) => !isServed(hostOf(origin), known) && !matches(hostOf(origin), external));
        if (foreign === undefined) return [];
        if (served.some(({ unknown }) => unknown)) return [notDecided(value, container)];
        const fix = "leave it out, or name its host under `external`";
        return [
          finding(value, { problem: "allows an origin that the stack does not serve", fix, value: foreign }, container),
        ];
      });
  },
);

function hostOf(origin: string): string {
  return origin
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/[:/].*$/, "")
    .toLowerCase();
}

/** A route for `*.example` takes all hosts right below it. */
function isServed(host: string, known: readonly string[]): boolean {
  if (/^(localhost|127\.0\.0\.1|\[)/.test(host)) return true;
  return known.some((one) => one.toLowerCase() === host || (one.startsWith("*.") && host.endsWith(one.slice(1))));
}
