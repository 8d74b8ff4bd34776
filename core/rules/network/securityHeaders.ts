import { z } from "zod";
import { securityHeaders as usual } from "../../securityHeaders.ts";
import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { ruleWith } from "../parameters.ts";
import { attachedTo, routeKinds } from "./attached.ts";
import { onlyRedirects } from "./onlyRedirects.ts";
import { responseHeaders } from "./responseHeaders.ts";

export const securityHeaders = ruleWith(
  {
    id: "security-headers",
    description: "Every route to the outside adds the headers by which browsers protect its users.",
    why: "A browser frames, guesses types and speaks plain HTTP unless it is told not to.",
    severity: "medium",
    levels: off,
    relation: true,
    parameters: z.strictObject({
      headers: z.record(z.string().min(1), z.string()).default(usual).describe("their values, by their names"),
    }),
  },
  (subject, { headers: wanted }) => {
    const { object } = subject;
    if (!routeKinds.includes(object.kind) || object.partial) return [];
    const { objects, missing } = attachedTo(subject);
    if (onlyRedirects(object, objects)) return [];
    const added = responseHeaders(object, objects);
    const annotations = object.root.at("metadata", "annotations");
    const place = object.kind === "Ingress" ? annotations : object.root.at("spec");
    return Object.entries(wanted).flatMap(([name, value]) => {
      const fix = `set it to "${value}"`;
      const found = added.filter((header) => header.name === name.toLowerCase());
      if (found.length > 0)
        return found.flatMap((header) =>
          judge(header.value, ({ text = "" }) =>
            same(text, value)
              ? []
              : [finding(header.value, { problem: `gives ${name} another value`, fix, value: text })],
          ),
        );
      const open = [annotations, ...annotations.entries()].find(
        ({ unknown, key }) => unknown && /annotations|header|snippet/.test(key),
      );
      if (open) return [notDecided(open)];
      const [unseen] = missing;
      if (unseen) return [notDecided(unseen.field, undefined, unseen.name && `"${unseen.name}"`)];
      return [finding(place, { problem: `add no header ${name}`, fix })];
    });
  },
);

/** Directives may stand apart or close, and in capitals or not. */
function same(one: string, other: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/\s*([;,])\s*/g, "$1")
      .replace(/[;,]$/, "")
      .trim();
  return plain(one) === plain(other);
}
