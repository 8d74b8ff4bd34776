import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Rule } from "../rule.ts";
import { type Entry, entries, routeKinds } from "./routes.ts";

/** A second route for the same host and path, on purpose: it takes a share, or what a header asks for. */
const meant = ["nginx.ingress.kubernetes.io/canary", "haproxy.org/route-acl"];

export const routesUnique: Rule = {
  id: "route-is-the-only-one",
  description: "One Ingress only takes a host and a path.",
  why: "Of two that take the same, the controller picks one, and may pick the other after the next change.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["F07"],
  relation: true,
  check: ({ object, inventory }) => {
    if (object.kind !== "Ingress" || isMeant(object)) return [];
    const all = inventory.all(routeKinds).filter((route) => route.kind === "Ingress" && !isMeant(route));
    const before = all.slice(
      0,
      all.findIndex(({ root }) => root === object.root),
    );
    const seen = before.flatMap((route) => entries(route).map((entry) => ({ entry, by: titleOf(route) })));
    return entries(object).flatMap((entry, index, own): Finding[] => {
      const others = [...seen, ...own.slice(0, index).map((one) => ({ entry: one, by: "this one" }))];
      const twin = others.find((other) => same(other.entry, entry) === "yes");
      if (twin) {
        const problem = `is taken by ${twin.by} too${entry.path.text ? `, with the path ${entry.path.text}` : ""}`;
        return [
          finding(entry.host, { problem, fix: "take another path, or write one Ingress", value: entry.host.text }),
        ];
      }
      return others.some((other) => same(other.entry, entry) === "unknown") ? [notDecided(open(entry))] : [];
    });
  },
};

function same(a: Entry, b: Entry): "yes" | "no" | "unknown" {
  const texts = ({ host, path }: Entry) => [host.text ?? "*", path.text ?? "/"];
  const differ = [[a.host, b.host] as const, [a.path, b.path] as const].some(
    ([one, other], index) => !one.unknown && !other.unknown && texts(a)[index] !== texts(b)[index],
  );
  if (differ) return "no";
  return [a.host, a.path, b.host, b.path].some(({ unknown }) => unknown) ? "unknown" : "yes";
}

const open = ({ host, path }: Entry) => (path.unknown && !host.unknown ? path : host);

function isMeant({ root }: KubernetesObject): boolean {
  return meant.some((annotation) => !root.at("metadata", "annotations", annotation).absent);
}
