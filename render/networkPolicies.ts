import { podLabels } from "../core/rules/pods/podRule.ts";
import { Field } from "../core/rules/reading/field.ts";
import type { KubernetesObject } from "../core/rules/reading/kubernetesObject.ts";
import { selects } from "../core/rules/reading/selector.ts";

export type Direction = "Ingress" | "Egress";

/** Whether the policies among these objects let the one's pods open a TCP connection to the other's, at both ends. */
export function connects(
  objects: readonly KubernetesObject[],
  client: KubernetesObject,
  server: KubernetesObject,
  port: number | string,
): boolean {
  const lets = (direction: Direction, own: KubernetesObject, other: KubernetesObject) => {
    const about = policiesAbout(objects, direction, own);
    return about.length === 0 || openings(about, direction).some((one) => opens(one, other, port, objects));
  };
  return lets("Egress", client, server) && lets("Ingress", server, client);
}

/** The policies of one direction that are about a workload's pods: without any they are open. */
export function policiesAbout(
  objects: readonly KubernetesObject[],
  direction: Direction,
  pods: KubernetesObject,
): KubernetesObject[] {
  return objects.filter((one) => one.kind === "NetworkPolicy" && isAbout(one, direction, pods));
}

/** One rule of a policy. */
export interface Opening {
  readonly policy: KubernetesObject;
  /** Whom it lets; none for anyone. */
  readonly peers: readonly Field[];
  /** Where; none for every port. */
  readonly ports: readonly Field[];
}

export function openings(policies: readonly KubernetesObject[], direction: Direction): Opening[] {
  const [rules, peers] = direction === "Ingress" ? (["ingress", "from"] as const) : (["egress", "to"] as const);
  return policies.flatMap((policy) =>
    policy.root
      .at("spec", rules)
      .items()
      .map((rule) => ({ policy, peers: rule.at(peers).items(), ports: rule.at("ports").items() })),
  );
}

function isAbout(policy: KubernetesObject, direction: Direction, pods: KubernetesObject): boolean {
  const spec = policy.root.at("spec");
  const types = spec.at("policyTypes").items();
  const usual = direction === "Ingress" || !spec.at("egress").absent;
  const named = types.length === 0 ? usual : types.some(({ text }) => text === direction);
  return named && policy.namespace === pods.namespace && selects(spec.at("podSelector"), podLabels(pods)) === "yes";
}

/** Whether a rule lets a workload's pods through on this port. */
export function opens(
  { policy, peers, ports }: Opening,
  other: KubernetesObject,
  port: number | string,
  objects: readonly KubernetesObject[],
): boolean {
  const isPeer = (peer: Field) => meansPods(peer, other, policy, objects);
  return (peers.length === 0 || peers.some(isPeer)) && (ports.length === 0 || ports.some((one) => isPort(one, port)));
}

function isPort(field: Field, port: number | string): boolean {
  if ((field.at("protocol").text ?? "TCP") !== "TCP") return false;
  const first = field.at("port").text;
  if (first === undefined || first === String(port)) return true;
  const last = field.at("endPort").text;
  return last !== undefined && Number(first) <= Number(port) && Number(port) <= Number(last);
}

/** Whether a peer of a policy is a workload's pods. */
export function meansPods(
  peer: Field,
  pods: KubernetesObject,
  policy: KubernetesObject,
  objects: readonly KubernetesObject[],
): boolean {
  if (!peer.at("ipBlock").absent) return false;
  const [inNamespaces, ofPods] = [peer.at("namespaceSelector"), peer.at("podSelector")];
  const near = inNamespaces.absent
    ? policy.namespace === pods.namespace
    : selects(inNamespaces, namespaceLabels(pods, objects)) === "yes";
  return near && (ofPods.absent || selects(ofPods, podLabels(pods)) === "yes");
}

/** Kubernetes itself labels each namespace by its name. */
function namespaceLabels({ namespace }: KubernetesObject, objects: readonly KubernetesObject[]): Field {
  const own = objects
    .find(({ kind, name }) => kind === "Namespace" && name === namespace)
    ?.root.at("metadata", "labels").raw as object | undefined;
  return new Field({ ...own, "kubernetes.io/metadata.name": namespace });
}
