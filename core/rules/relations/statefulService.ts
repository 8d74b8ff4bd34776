import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";

export const statefulService = ruleWith(
  {
    id: "stateful-service-exists",
    description: "A StatefulSet names a Service of the stack, headless where it has several pods.",
    why: "Without it the pods have no names of their own, by which a cluster's members find each other.",
    severity: "medium",
    levels: advisedFromStagingOn,
    rows: ["E20"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of Services that are made elsewhere"),
      always: z.boolean().default(false).describe("whether the Service of a single pod is headless too"),
    }),
  },
  ({ object, inventory }, { external, always }) => {
    if (object.kind !== "StatefulSet" || object.partial) return [];
    const name = object.root.at("spec", "serviceName");
    const fix = "name a Service with clusterIP: None and these pods' labels";
    if (name.absent || name.text === "") return [finding(name, { problem: "is not set", fix })];
    if (matches(name.text, external)) return [];
    const found = inventory.has(object, "Service", name);
    if (found === "unknown") return [notDecided(name)];
    if (found === "no") return [finding(name, { problem: "is no Service of the stack", fix, value: name.text })];
    const service = inventory.sharing(object, "Service").find((one) => one.name === name.text)!;
    const address = service.root.at("spec", "clusterIP");
    const replicas = object.root.at("spec", "replicas");
    if (!always && !replicas.unknown && Number(replicas.text ?? 1) < 2) return [];
    if (address.unknown || replicas.unknown) return [notDecided(name)];
    const problem = "is a Service that is not headless";
    return address.text === "None" ? [] : [finding(name, { problem, fix, value: name.text })];
  },
);
