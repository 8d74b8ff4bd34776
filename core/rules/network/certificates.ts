import { z } from "zod";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import { matches, patterns } from "../parameters.ts";

/** cert-manager's Certificate. */
export const certificates = objectRule(
  {
    id: "certificate-bounds",
    description: "Certificates are short-lived, for few names, and from an issuer that is allowed.",
    why: "A stolen key can be used for as long as its certificate lasts, under every name in it.",
    severity: "medium",
    levels: off,
    rows: ["F19"],
    parameters: z.strictObject({
      mostHours: z.number().default(2400).describe("longest duration, in hours"),
      mostNames: z.int().default(100).describe("most DNS names"),
      issuers: patterns.default(["*"]).describe("names of issuers, `*` for any text"),
      names: patterns.default(["*"]).describe("DNS names that a restricted issuer is meant for"),
    }),
  },
  ["Certificate"],
  (root, _subject, { mostHours, mostNames, issuers, names }) => {
    const spec = root.at("spec");
    const [duration, issuer, dns] = [spec.at("duration"), spec.at("issuerRef", "name"), spec.at("dnsNames")];
    const restricted = names[0] === "*" || dns.items().some(({ text }) => matches(text, names));
    return [
      ...judge(duration, () => {
        const hours = hoursOf(duration.text ?? "");
        return hours === undefined || hours > mostHours
          ? [
              finding(duration, {
                problem: `is longer than ${mostHours} h`,
                fix: "write a shorter one",
                value: duration.text,
              }),
            ]
          : [];
      }),
      ...judge(issuer, () =>
        restricted && !matches(issuer.text, issuers)
          ? [
              finding(issuer, {
                problem: "is not an allowed issuer",
                fix: `one of ${issuers.join(", ")}`,
                value: issuer.text,
              }),
            ]
          : [],
      ),
      ...judge(dns, () =>
        dns.items().length > mostNames
          ? [finding(dns, { problem: `has more than ${mostNames} names`, fix: "make several" })]
          : [],
      ),
    ];
  },
);

/** Go's way to write a duration: `2160h`, `90m`, `1h30m`. */
function hoursOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join("") !== text) return undefined;
  const hours = { h: 1, m: 1 / 60, s: 1 / 3600, ms: 1 / 3_600_000 };
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * hours[unit as keyof typeof hours], 0);
}
