import { podLabels } from "../core/rules/pods/podRule.ts";
import { Field } from "../core/rules/reading/field.ts";
import type { KubernetesObject } from "../core/rules/reading/kubernetesObject.ts";
import { selects } from "../core/rules/reading/selector.ts";
import type { Rendered } from "../render/rendered.ts";
import { inventoryOf, objectsOf, workload } from "./objects.ts";

type Direction = "Ingress" | "Egress";

/**
 * Whether the network policies let pods of one workload open a TCP connection to those of another: out of the one, and
 * into the other. Both are named by their workloads, such as `api` and `db`.
 *
 * @param port Port of the pod, by its number or its name in the policy.
 * @throws Error that lists the workloads, when one isn't there
 */
export function reaches(rendered: Rendered, from: string, to: string, port: number | string): boolean {
  const objects = objectsOf(rendered);
  const inventory = inventoryOf(objects);
  const [client, server] = [workload(objects, inventory, from), workload(objects, inventory, to)];
  const policies = objects.filter(({ kind }) => kind === "NetworkPolicy");
  const namespaces = objects.filter(({ kind }) => kind === "Namespace");
  const lets = (direction: Direction, own: KubernetesObject, other: KubernetesObject) => {
    const about = policies.filter((policy) => isAbout(policy, direction, own));
    return about.length === 0 || about.some((policy) => opens(policy, direction, other, port, namespaces));
  };
  return lets("Egress", client, server) && lets("Ingress", server, client);
}

function isAbout(policy: KubernetesObject, direction: Direction, pods: KubernetesObject): boolean {
  const spec = policy.root.at("spec");
  const types = spec.at("policyTypes").items();
  const usual = direction === "Ingress" || !spec.at("egress").absent;
  const named = types.length === 0 ? usual : types.some(({ text }) => text === direction);
  return named && policy.namespace === pods.namespace && selects(spec.at("podSelector"), podLabels(pods)) === "yes";
}

function opens(
  policy: KubernetesObject,
  direction: Direction,
  other: KubernetesObject,
  port: number | string,
  namespaces: readonly KubernetesObject[],
): boolean {
  const [rules, peers] = direction === "Ingress" ? ["ingress", "from"] : ["egress", "to"];
  const isPeer = (peer: Field) => meansPods(peer, other, policy, namespaces);
  const rulesOf = policy.root.at("spec", rules!).items();
  return rulesOf.some((rule) => {
    const [allowed, ports] = [rule.at(peers!).items(), rule.at("ports").items()];
    return (
      (allowed.length === 0 || allowed.some(isPeer)) && (ports.length === 0 || ports.some((one) => isPort(one, port)))
    );
  });
}

function isPort(field: Field, port: number | string): boolean {
  if ((field.at("protocol").text ?? "TCP") !== "TCP") return false;
  const first = field.at("port").text;
  if (first === undefined || first === String(port)) return true;
  const last = field.at("endPort").text;
  return last !== undefined && Number(first) <= Number(port) && Number(port) <= Number(last);
}

function meansPods(
  peer: Field,
  pods: KubernetesObject,
  policy: KubernetesObject,
  namespaces: readonly KubernetesObject[],
): boolean {
  if (!peer.at("ipBlock").absent) return false;
  const [inNamespaces, ofPods] = [peer.at("namespaceSelector"), peer.at("podSelector")];
  const near = inNamespaces.absent
    ? policy.namespace === pods.namespace
    : selects(inNamespaces, namespaceLabels(pods, namespaces)) === "yes";
  return near && (ofPods.absent || selects(ofPods, podLabels(pods)) === "yes");
}

/** Kubernetes itself labels each namespace by its name. */
function namespaceLabels({ namespace }: KubernetesObject, namespaces: readonly KubernetesObject[]): Field {
  const own = namespaces.find(({ name }) => name === namespace)?.root.at("metadata", "labels").raw as
    | object
    | undefined;
  return new Field({ ...own, "kubernetes.io/metadata.name": namespace });
}
