import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn, fromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { type Backend, backends } from "./routes.ts";

/** Where a route's backend is looked for: its own namespace, or the one that it names. */
function placeOf(route: KubernetesObject, { namespace }: Backend): KubernetesObject {
  return namespace.absent ? route : { ...route, namespace: namespace.text };
}

export const routeBackends = ruleWith(
  {
    id: "route-backend-exists",
    description: "A route leads to a Service of the stack, where the stack makes any.",
    why: "A route to a Service that is not there answers every request with an error.",
    severity: "high",
    levels: advisedFromStagingOn,
    rows: ["F08"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of Services that are made elsewhere"),
    }),
  },
  ({ object, inventory }, { external }) =>
    backends(object).flatMap((backend): Finding[] => {
      const { name } = backend;
      const place = placeOf(object, backend);
      if (name.absent || inventory.sharing(place, "Service").length === 0) return [];
      const found = inventory.has(place, "Service", name);
      if (found === "unknown" && !matches(name.text, external)) return [notDecided(name)];
      if (found !== "no" || matches(name.text, external)) return [];
      return [finding(name, { problem: "is no Service of the stack", fix: "name one that is", value: name.text })];
    }),
);

export const routePorts: Rule = {
  id: "route-port-exists",
  description: "A route names a port that its Service has.",
  why: "A route to a port that the Service lacks answers every request with an error.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["F08"],
  relation: true,
  check: (subject) => backends(subject.object).flatMap((backend) => wrongPort(backend, subject)),
};

function wrongPort(backend: Backend, { object, inventory }: Subject): Finding[] {
  const { name, port } = backend;
  if (port.absent || name.text === undefined) return [];
  const service = inventory.sharing(placeOf(object, backend), "Service").find((one) => one.name === name.text);
  if (!service || service.partial || service.root.at("spec", "type").text === "ExternalName") return [];
  const stated = service.root.at("spec", "ports").items();
  const known = stated.flatMap((one) => [one.at("port"), one.at("name")]);
  if (stated.length === 0 || known.some(({ text }) => text !== undefined && text === port.text)) return [];
  if (port.unknown || known.some(({ unknown }) => unknown)) return [notDecided(port)];
  const problem = `is no port of ${titleOf(service)}`;
  return [finding(port, { problem, fix: "name one that it has", value: port.text })];
}
