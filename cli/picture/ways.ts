import { containers } from "../../core/rules/reading/containers.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { exposuresOf } from "../../core/rules/relations/exposure.ts";
import { connects, type Opening, openings, opens, policiesAbout } from "../../render/networkPolicies.ts";
import { inventoryOf } from "../../render/objects.ts";
import type { DeclaredLink } from "./links.ts";
import type { Place, Way } from "./place.ts";
import { anyone, strangers, unguarded } from "./strangers.ts";
import type { Workload } from "./workloads.ts";

/**
 * Who may reach what, by the network policies of a stack: workloads each other, and what lies before and behind them.
 * @param controllers What stands at the cluster's edge, as policies are said to name it: `namespace traefik`. Where nobody
 * says, whoever is let in by a policy may be one.
 */
export function waysOf(
  objects: readonly KubernetesObject[],
  workloads: readonly Workload[],
  { links, controllers }: { links: readonly DeclaredLink[]; controllers: readonly string[] },
): Way[] {
  const inventory = inventoryOf(objects);
  const isController = ({ from }: Way) =>
    controllers.length === 0 || controllers.some((one) => from.name.startsWith(one));
  return workloads.flatMap((one) => {
    const exposed = exposuresOf(one.object, inventory).filter(({ answer }) => answer === "yes");
    const ways = exposed.map(({ by }) => by);
    const routed = ways.some((by) => !by.startsWith("Service "));
    const bringsTheWorld = (way: Way) => ways.length > 0 && (way.from.name === anyone || (routed && isController(way)));
    return [
      ...strangers(objects, workloads, "Ingress", one).map((way) =>
        bringsTheWorld(way) ? ofTheWorld(way, ways) : way,
      ),
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

/** Where a route or the Service itself leads there from outside, the world comes with anyone, and with the controller. */
function ofTheWorld(way: Way, exposures: readonly string[]): Way {
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
