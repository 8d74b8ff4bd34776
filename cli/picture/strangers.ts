import type { Field } from "../../core/rules/reading/field.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { type Direction, meansPods, openings, policiesAbout } from "../../render/networkPolicies.ts";
import { peerName, portNames } from "./peers.ts";
import type { Place, Way } from "./place.ts";
import { shortName, type Workload } from "./workloads.ts";

/** Whom a policy without peers lets in. */
export const anyone = "anyone in the cluster";
export const unguarded = "no network policy is about it";

/** The ways between a workload and what is none: who comes in, or where it goes out to. */
export function strangers(
  objects: readonly KubernetesObject[],
  workloads: readonly Workload[],
  direction: Direction,
  { object, place }: Workload,
): Way[] {
  const inward = direction === "Ingress";
  const side = inward ? "before" : "behind";
  const stranger = (name: string): Place => ({ id: `${direction}/${name}`, name, about: "", side });
  const anybody = stranger(inward ? anyone : "any address");
  const way = (other: Place, port: string, by: string): Way => ({
    ...(inward ? { from: other, to: place } : { from: place, to: other }),
    port,
    by,
  });
  const policies = policiesAbout(objects, direction, object);
  if (policies.length === 0) return [way(anybody, "every port", unguarded)];
  const found = openings(policies.filter(isOfSome), direction).flatMap(({ policy, peers, ports }) => {
    const isShown = (peer: Field) => workloads.some(({ object }) => meansPods(peer, object, policy, objects));
    const jobs = (peer: Field) => jobsMeant(peer, policy, objects);
    const placesOf = (peer: Field) => (jobs(peer).length > 0 ? jobs(peer) : [stranger(peerName(peer))]);
    const others = peers.length === 0 ? [anybody] : peers.filter((peer) => !isShown(peer)).flatMap(placesOf);
    return others.flatMap((other) => portNames(ports).map((port) => way(other, port, policy.name ?? "")));
  });
  const same = Map.groupBy(found, ({ from, to, port }) => `${from.id} ${to.id} ${port}`).values();
  return [...same].map((group) => ({ ...group[0]!, by: [...new Set(group.map(({ by }) => by))].join(", ") }));
}

/** Whether a policy is about some pods: what is about all of them is told once. */
export function isOfSome({ root }: KubernetesObject): boolean {
  const selector = root.at("spec", "podSelector");
  return selector.at("matchLabels").entries().length + selector.at("matchExpressions").items().length > 0;
}

/** Jobs are shown where a policy lets them in, and else by what they are a part of. */
function jobsMeant(peer: Field, policy: KubernetesObject, objects: readonly KubernetesObject[]): Place[] {
  const jobs = objects.filter((one) => one.kind === "Job" && meansPods(peer, one, policy, objects));
  const names = jobs.map(({ kind, name = "" }) => shortName(kind, name));
  return names.map((name) => ({ id: `Job/${name}`, name, about: "Job", side: "workload" }));
}
