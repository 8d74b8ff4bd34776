import type { Input } from "@pulumi/pulumi";
import { releaseAnnotation } from "../../core/labels.ts";
import { ArgumentError } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import { canaryService } from "../rollout/engine/name.ts";
import type { CheckedEdge } from "./checkEdge.ts";
import { type Annotations, type Custom, objectName } from "./objects.ts";
import type { EdgeSettings } from "./settings.ts";
import { type WayName, wayNames, ways } from "./ways.ts";

/** The object that leads to several Services at once, each with its share of the requests. */
export interface Weighed {
  kind: "HTTPRoute" | "TraefikService";
  name: string;
}

/** What of each controller's can do so; undefined where none can. */
const kinds: Readonly<Record<WayName, Weighed["kind"] | undefined>> = {
  traefik: "TraefikService",
  traefikGateway: "HTTPRoute",
  envoy: "HTTPRoute",
  haproxy: undefined,
};

/** Undefined where the edge can't, or there is none. */
export function weighedBy(me: Pick<Member, "name">, edge: CheckedEdge | undefined): Weighed | undefined {
  const kind = edge && kinds[edge.controller.way];
  return kind && { kind, name: objectName(me.name) };
}

/** Refuses a canary where nothing can send a share of the requests to it. */
export function refuseUnweighed(path: string, { stage, edge: has }: Member, edge: CheckedEdge | undefined): void {
  const able = wayNames.filter((way) => kinds[way]).map((way) => ways[way].title);
  const other = `have one of ${able.join(", ")} at the edge, or take blueGreen here`;
  if (edge) {
    if (kinds[edge.controller.way]) return;
    const { title } = ways[edge.controller.way];
    throw new ArgumentError(path, `${title} can't send a share of the requests elsewhere; ${other}`);
  }
  const why = has ? "the app has no edge" : `${stage} has nothing at its edge`;
  throw new ArgumentError(path, `${why}, and nothing else could send a share of the requests elsewhere; ${other}`);
}

/**
 * What it leads to, each with its share of the requests in percent: where nothing is tried, one alone. Of another engine, which
 * changes them, both Services are there.
 */
export function sharesOf<Backend extends { name: Input<string> }>(
  { name, weighed, engine, beside }: EdgeSettings,
  backend: Backend,
): (Backend & { weight?: number })[] {
  if (!weighed) return [backend];
  const tried = engine ? { service: canaryService(name), share: 0 } : beside;
  const rest = { ...backend, weight: 100 - (tried?.share ?? 0) };
  return tried ? [rest, { ...backend, name: tried.service, weight: tried.share }] : [rest];
}

/**
 * What the object says beside its spec. That the engine's own write goes before what releases have written meanwhile, whatever the
 * strategy is by now: a list of Services belongs to one writer as a whole. And of a canary, where the engine has led it, by which a
 * release that was cut off is put back.
 */
export function committedTo({ weighed, engine, backend, beside }: EdgeSettings): Required<Pick<Custom, "annotations">> {
  const shares = beside && `${backend.service}=${100 - beside.share},${beside.service}=${beside.share}`;
  const committed: Annotations = weighed && !engine ? { [releaseAnnotation]: shares ?? backend.service } : {};
  return { annotations: { ...committed, "pulumi.com/patchForce": "true" } };
}
