import { z } from "zod";
import { amount } from "../../quantity.ts";
import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { containerRule, podRule } from "../pods/podRule.ts";

const resources = ["cpu", "memory"] as const;

export const limitRatio = containerRule(
  {
    id: "limits-near-requests",
    description: "A limit is no more than so many times its request: what is promised is what may be used.",
    why: "Pods live on memory that nobody promised them, and are killed when their neighbours ask for theirs.",
    severity: "low",
    levels: off,
    rows: ["D07"],
    parameters: z.strictObject({
      cpu: z.number().min(1).optional().describe("most times its request, any when left out"),
      memory: z.number().min(1).optional().default(1).describe("most times its request"),
      required: z.boolean().default(false).describe("whether both must be set"),
    }),
  },
  ({ field, name }, { partial }, given) =>
    resources.flatMap((resource) => {
      const most = given[resource];
      const [request, limit] = ["requests", "limits"].map((kind) => field.at("resources", kind, resource));
      if (most === undefined || !request || !limit) return [];
      if (request.absent || limit.absent) {
        const missing = request.absent ? request : limit;
        const fix = "write requests and limits";
        const one = request.absent !== limit.absent;
        return (given.required || (one && most === 1)) && !partial
          ? [finding(missing, { problem: "is not set", fix }, name)]
          : [];
      }
      const open = [request, limit].find(({ unknown }) => unknown);
      if (open) return [notDecided(open, name)];
      const [asked, allowed] = [amount(request.text?.trim() ?? ""), amount(limit.text?.trim() ?? "")];
      if (asked === undefined || allowed === undefined || allowed <= asked * most) return [];
      const problem = `is more than ${most} times the request`;
      return [finding(limit, { problem, fix: "bring them together", value: limit.text }, name)];
    }),
);

export const notBestEffort = podRule(
  {
    id: "not-best-effort",
    description: "Every pod asks for something: one that asks for nothing is the first to go.",
    why: "At the first shortage of memory on its node the pod is killed, whatever it was doing.",
    severity: "low",
    levels: off,
    rows: ["D07"],
  },
  ({ containers, spec, partial }) => {
    if (spec.at("containers").unknown) return [notDecided(spec.at("containers"))];
    const asks = containers.some(({ field }) =>
      ["requests", "limits"].some((kind) => {
        const stated = field.at("resources", kind);
        return stated.unknown || resources.some((resource) => !stated.at(resource).absent);
      }),
    );
    const fix = "write requests";
    return asks || partial || containers.length === 0
      ? []
      : [finding(spec.at("containers"), { problem: "asks for no resource", fix })];
  },
);
