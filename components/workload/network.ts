import type { types } from "@pulumi/kubernetes";
import type { Link } from "../link.ts";
import { rangesOf } from "../outside/ranges.ts";

type Spec = types.input.networking.v1.NetworkPolicySpec;

type Peer = types.input.networking.v1.NetworkPolicyPeer;
type Labels = types.input.meta.v1.LabelSelector;

/** From these pods out to this port of those peers. */
export function outOf(podSelector: Labels, to: Peer[], port: number): Spec {
  return { podSelector, policyTypes: ["Egress"], egress: [{ to, ports: [{ protocol: "TCP", port }] }] };
}

/** From those peers in to this port of these pods. */
export function into(podSelector: Labels, from: Peer[], port: number): Spec {
  return { podSelector, policyTypes: ["Ingress"], ingress: [{ from, ports: [{ protocol: "TCP", port }] }] };
}

/** The pods of another namespace, or those of them that have these labels. */
export function fromNamespace(namespace: string, matchLabels: Record<string, string> = {}): Peer[] {
  const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": namespace } };
  return [{ namespaceSelector, ...(Object.keys(matchLabels).length > 0 ? { podSelector: { matchLabels } } : {}) }];
}

/** All pods of an app, those of its Jobs too: each of them uses its links. */
function podsOf(app: string): { matchLabels: Record<string, string> } {
  return { matchLabels: { "app.kubernetes.io/name": app } };
}

/** The app may go out to what it links to. */
export function outTo(app: string, { port, selector, outside }: Link): Spec {
  const to = outside ? rangesOf(outside) : [{ podSelector: { matchLabels: selector! } }];
  return outOf(podsOf(app), to, port);
}

/** What it links to lets it in. */
export function inFrom(app: string, { port, selector }: Link): Spec {
  return into({ matchLabels: selector! }, [{ podSelector: podsOf(app) }], port);
}

/** Whoever reaches the node reaches the app. */
export function inFromAnywhere(selector: Record<string, string>, port: number): Spec {
  return {
    podSelector: { matchLabels: selector },
    policyTypes: ["Ingress"],
    ingress: [{ ports: [{ protocol: "TCP", port }] }],
  };
}
