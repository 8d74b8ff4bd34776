import { containers } from "../../core/rules/reading/containers.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { exposuresOf } from "../../core/rules/relations/exposure.ts";
import {
  connects,
  type Direction,
  meansPods,
  type Opening,
  openings,
  opens,
  policiesAbout,
} from "../../render/networkPolicies.ts";
import { inventoryOf } from "../../render/objects.ts";
import type { DeclaredLink } from "./links.ts";
import { peerName, portNames } from "./peers.ts";
import type { Place, Way } from "./place.ts";
import type { Workload } from "./workloads.ts";

const unguarded = "no network policy is about it";

/** Who may reach what, by the network policies of a stack: workloads each other, and what lies before and behind them. */
export function waysOf(
  objects: readonly KubernetesObject[],
  workloads: readonly Workload[],
  links: readonly DeclaredLink[],
): Way[] {
  const inventory = inventoryOf(objects);
  return workloads.flatMap((one) => {
    const exposed = exposuresOf(one.object, inventory).filter(({ answer }) => answer === "yes");
    const ways = exposed.map(({ by }) => by);
    return [
      ...strangers("Ingress", one).map((way) => ({ ...way, ...(ways.length > 0 ? fromTheWorld(way, ways) : {}) })),
      ...workloads.flatMap((other) => (other === one ? [] : between(objects, one, other))),
      ...strangers("Egress", one).flatMap((way) => named(way, one, links)),
    ];
  });

  function strangers(direction: Direction, { object, place }: Workload): Way[] {
    const inward = direction === "Ingress";
    const policies = policiesAbout(objects, direction, object);
    const way = (name: string, port: string, by: string): Way => {
      const other: Place = { id: `${direction}/${name}`, name, about: "", side: inward ? "before" : "behind" };
      return { ...(inward ? { from: other, to: place } : { from: place, to: other }), port, by };
    };
    const anybody = inward ? "anyone in the cluster" : "any address";
    if (policies.length === 0) return [way(anybody, "every port", unguarded)];
    const found = openings(policies.filter(isOfSome), direction).flatMap(({ policy, peers, ports }) => {
      const foreign = peers.filter((peer) => !workloads.some(({ object }) => meansPods(peer, object, policy, objects)));
      const names = peers.length === 0 ? [anybody] : [...new Set(foreign.map(peerName))];
      return names.flatMap((name) => portNames(ports).map((port) => way(name, port, policy.name ?? "")));
    });
    const same = Map.groupBy(found, ({ from, to, port }) => `${from.id} ${to.id} ${port}`).values();
    return [...same].map((group) => ({ ...group[0]!, by: [...new Set(group.map(({ by }) => by))].join(", ") }));
  }
}

/** Whether a policy is about some pods: what is about all of them is told once. */
export function isOfSome({ root }: KubernetesObject): boolean {
  const selector = root.at("spec", "podSelector");
  return selector.at("matchLabels").entries().length + selector.at("matchExpressions").items().length > 0;
}

function between(objects: readonly KubernetesObject[], client: Workload, server: Workload): Way[] {
  const ends = [policiesAbout(objects, "Egress", client.object), policiesAbout(objects, "Ingress", server.object)];
  const [out, into] = [openings(ends[0]!, "Egress"), openings(ends[1]!, "Ingress")];
  const stated = [...out, ...into].flatMap(({ ports }) => ports.flatMap((port) => port.at("port").text ?? []));
  const ports = new Set([...portsOf(server.object), ...stated]);
  const open = [...ports].filter((port) => connects(objects, client.object, server.object, port));
  return open.map((port) => {
    const means = (other: KubernetesObject) => (one: Opening) => opens(one, other, port, objects);
    const by = [...out.filter(means(server.object)), ...into.filter(means(client.object))];
    const names = [...new Set(by.map(({ policy }) => policy.name ?? ""))];
    return { from: client.place, to: server.place, port: `TCP ${port}`, by: names.join(", ") || unguarded };
  });
}

function portsOf(object: KubernetesObject): string[] {
  const ports = containers(object).flatMap(({ field }) => field.at("ports").items());
  return ports.flatMap((port) => port.at("containerPort").text ?? []);
}

/** Who is let in brings the world with them, where a route or the Service itself leads there from outside. */
function fromTheWorld({ from, by }: Way, exposures: readonly string[]): Pick<Way, "from" | "by"> {
  const world: Place = { id: "Ingress/the world", name: "the world", about: exposures.join(", "), side: "before" };
  return { from: world, by: `${exposures.join(", ")}; from ${from.name} by ${by}` };
}

/** Policies know addresses, not names: the hosts are those that the program links to on that port. */
function named(way: Way, { component }: Workload, links: readonly DeclaredLink[]): Way[] {
  const meant = links.filter((link) => link.kind === "outside" && link.component === component);
  const hosts = meant.filter(({ port }) => way.port === `TCP ${port}`).map(({ to }) => to);
  const names = [...new Set(hosts)].sort();
  return names.length === 0
    ? [way]
    : names.map((name) => ({ ...way, to: { ...way.to, id: `Egress/${name}`, name, about: `by ${way.to.name}` } }));
}
