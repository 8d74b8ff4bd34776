import { z } from "zod";
import { amount } from "../../quantity.ts";
import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { off } from "../levels.ts";
import { containerRule } from "../pods/podRule.ts";
import type { Container } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";

const quantity = z
  .string()
  .refine((text) => amount(text) !== undefined, "a Kubernetes quantity, such as 512Mi or 250m");
const bound = z.strictObject({
  least: quantity.optional().describe("what must be requested at least"),
  most: quantity.optional().describe("what no limit or request goes beyond; a limit must then be set"),
});
type Bound = z.infer<typeof bound>;

export const resourceBounds = containerRule(
  {
    id: "memory-ceiling",
    description: "What containers request and may use is within bounds: memory, and cpu where it is bounded too.",
    why: "One service that may take what it likes leaves the others of its node nothing.",
    severity: "medium",
    levels: off,
    demands: ["R-57"],
    rows: ["D06"],
    parameters: z.strictObject({
      memory: bound.default({ most: "512Mi" }).describe("`least` and `most`, as quantities"),
      cpu: bound.default({}).describe("`least` and `most`, as quantities"),
    }),
  },
  (container, { partial }, given) =>
    (["memory", "cpu"] as const).flatMap((resource) => judged(container, resource, given[resource], partial)),
);

function judged({ field, name }: Container, resource: string, { least, most }: Bound, partial: boolean): Finding[] {
  const [request, limit] = ["requests", "limits"].map((kind) => field.at("resources", kind, resource)) as [
    Field,
    Field,
  ];
  const missing = (place: Field, bound: string | undefined) =>
    bound !== undefined && place.absent && !partial
      ? [finding(place, { problem: "is not set, so nothing bounds it", fix: `write a quantity within ${bound}` }, name)]
      : [];
  return [
    ...missing(limit, most),
    ...(least === undefined ? [] : missing(request, least)),
    ...[request, limit].flatMap((place) =>
      judge(place, () => outOf(place, place === request ? { least, most } : { most }, name), name),
    ),
  ];
}

function outOf(place: Field, { least, most }: Bound, name: string | undefined): Finding[] {
  if (least === undefined && most === undefined) return [];
  const value = place.text;
  const given = amount(value?.trim() ?? "");
  if (given === undefined)
    return [finding(place, { problem: "is no quantity", fix: "write one such as 256Mi", value }, name)];
  if (most !== undefined && given > (amount(most) ?? 0))
    return [finding(place, { problem: `is more than ${most}`, fix: `write ${most} or less`, value }, name)];
  if (least !== undefined && given < (amount(least) ?? 0))
    return [finding(place, { problem: `is less than ${least}`, fix: `write ${least} or more`, value }, name)];
  return [];
}
