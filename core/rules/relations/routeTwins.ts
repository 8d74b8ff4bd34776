import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { onlyRedirects } from "../network/onlyRedirects.ts";
import type { Field } from "../reading/field.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Entry } from "./entry.ts";
import { entries, routeKinds } from "./routes.ts";

const kinds = ["Ingress", "HTTPRoute", "IngressRoute"];

/** A second route for the same host and path, on purpose: it takes a share, or what a header asks for. */
const meant = ["nginx.ingress.kubernetes.io/canary", "haproxy.org/route-acl"];

export const routesUnique: Rule = {
  id: "route-is-the-only-one",
  description: "One Ingress, HTTPRoute or IngressRoute only takes a host and a path.",
  why: "Of two that take the same, the controller picks one, and may pick the other after the next change.",
  severity: "high",
  levels: fromStagingOn,
  rows: ["F07"],
  relation: true,
  check: ({ object, inventory }) => {
    if (!kinds.includes(object.kind) || isMeant(object)) return [];
    const all = inventory.all(routeKinds).filter((route) => route.kind === object.kind && !isMeant(route));
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
        return [finding(entry.host, { problem, fix: "take another path, or write one route", value: entry.host.text })];
      }
      return others.some((other) => same(other.entry, entry) === "unknown") ? [notDecided(open(entry))] : [];
    });
  },
};

function same(a: Entry, b: Entry): "yes" | "no" | "unknown" {
  const texts = ({ host, path, type }: Entry) => [host.text ?? "*", path.text ?? "/", ofType(type)];
  const differ = [[a.host, b.host] as const, [a.path, b.path] as const, [a.type, b.type] as const].some(
    ([one, other], index) => !one.unknown && !other.unknown && texts(a)[index] !== texts(b)[index],
  );
  if (differ) return "no";
  return [a.host, a.path, b.host, b.path].some(({ unknown }) => unknown) ? "unknown" : "yes";
}

const ofType = ({ text }: Field) => (text === "Exact" ? "exact" : "below");

const open = ({ host, path }: Entry) => (path.unknown && !host.unknown ? path : host);

/** Who sends plain HTTP on does so beside the route that serves. */
function isMeant(route: KubernetesObject): boolean {
  const { root } = route;
  if (onlyRedirects(route, [])) return true;
  return meant.some((annotation) => !root.at("metadata", "annotations", annotation).absent);
}
