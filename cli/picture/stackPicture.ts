import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import type { Stage } from "../../core/stage.ts";
import type { Component } from "../../render/declared.ts";
import { openings } from "../../render/networkPolicies.ts";
import { inventoryOf, objectsOf } from "../../render/objects.ts";
import type { Rendered } from "../../render/rendered.ts";
import { type DeclaredLink, linksOf } from "./links.ts";
import { peerName, portNames } from "./peers.ts";
import type { Place, Way } from "./place.ts";
import { sizesOf } from "./sizes.ts";
import { isOfSome } from "./strangers.ts";
import { waysOf } from "./ways.ts";
import { workloadsOf } from "./workloads.ts";

/** What a picture shows of one stack: plain data, and no secret in it. */
export interface StackPicture {
  readonly stack: string;
  readonly stage: Stage;
  readonly components: readonly Component[];
  readonly links: readonly DeclaredLink[];
  readonly workloads: readonly { readonly place: Place; readonly sizes: Readonly<Record<string, string>> }[];
  readonly ways: readonly Way[];
  /** What the policies about all pods open, each in a sentence; none where there are no such policies. */
  readonly forAll: readonly string[];
}

export function stackPicture(rendered: Rendered): StackPicture {
  const objects = objectsOf(rendered);
  const inventory = inventoryOf(objects);
  const [workloads, links] = [workloadsOf(rendered, objects), linksOf(rendered)];
  return rendered.withoutSecrets({
    stack: rendered.stack,
    stage: rendered.stage!,
    components: rendered.components,
    links,
    workloads: workloads.map(({ object, place }) => ({ place, sizes: sizesOf(object, inventory) })),
    ways: waysOf(objects, workloads, { links, controllers: controllersOf(rendered) }),
    forAll: forAllOf(objects),
  });
}

/** The namespaces of what stands at the edge, as {@link peerName} calls them. */
function controllersOf({ components }: Rendered): string[] {
  const values = components.flatMap((one) => one.values);
  return values.flatMap(({ argument, value }) => (argument === "edge.namespace" ? [`namespace ${value}`] : []));
}

function forAllOf(objects: readonly KubernetesObject[]): string[] {
  const policies = objects.filter((one) => one.kind === "NetworkPolicy" && !isOfSome(one));
  return policies.flatMap((policy) => {
    const types = policy.root
      .at("spec", "policyTypes")
      .items()
      .map(({ text }) => text);
    const said = (["Ingress", "Egress"] as const).flatMap((direction) =>
      openings([policy], direction).map(({ peers, ports }) => {
        const names = peers.map(peerName).join(" and ") || (direction === "Ingress" ? "anyone" : "any address");
        return `${direction === "Ingress" ? "from" : "to"} ${names}, ${portNames(ports).join(" and ")}`;
      }),
    );
    const what =
      said.length > 0
        ? said.join("; ")
        : `nothing ${types.includes("Ingress") ? "in" : ""}${types.length > 1 ? ", nothing " : ""}${types.includes("Egress") ? "out" : ""}`;
    return [`${what} (${policy.name})`];
  });
}
