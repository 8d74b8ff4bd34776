import { containers } from "../../core/rules/reading/containers.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { exposuresOf } from "../../core/rules/relations/exposure.ts";
import { connects, type Opening, openings, opens, policiesAbout } from "../../render/networkPolicies.ts";
import { inventoryOf } from "../../render/objects.ts";
import type { DeclaredLink } from "./links.ts";
import type { Place, Way } from "./place.ts";
import { strangers, unguarded } from "./strangers.ts";
import type { Workload } from "./workloads.ts";

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
      ...strangers(objects, workloads, "Ingress", one).map((way) => (ways.length > 0 ? fromTheWorld(way, ways) : way)),
      ...workloads.flatMap((other) => (other === one ? [] : between(objects, one, other))),
      ...strangers(objects, workloads, "Egress", one).flatMap((way) => named(way, one, links)),
    ];
  });
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
function fromTheWorld(way: Way, exposures: readonly string[]): Way {
  const { from, by } = way;
  if (from.side !== "before") return way;
  const world: Place = { id: "Ingress/the world", name: "the world", about: exposures.join(", "), side: "before" };
  return { ...way, from: world, by: `${exposures.join(", ")}; from ${from.name} by ${by}` };
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
