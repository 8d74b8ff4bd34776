import type { types } from "@pulumi/kubernetes";
import type { Link } from "../link.ts";
import { rangesOf } from "../outside/ranges.ts";

type Spec = types.input.networking.v1.NetworkPolicySpec;

/** All pods of an app, those of its Jobs too: each of them uses its links. */
function podsOf(app: string): { matchLabels: Record<string, string> } {
  return { matchLabels: { "app.kubernetes.io/name": app } };
}

/** The app may go out to what it links to. */
export function outTo(app: string, { port, selector, outside }: Link): Spec {
  const to = outside ? rangesOf(outside) : [{ podSelector: { matchLabels: selector! } }];
  return {
    podSelector: podsOf(app),
    policyTypes: ["Egress"],
    egress: [{ to, ports: [{ protocol: "TCP", port }] }],
  };
}

/** What it links to lets it in. */
export function inFrom(app: string, { port, selector }: Link): Spec {
  return {
    podSelector: { matchLabels: selector! },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: podsOf(app) }], ports: [{ protocol: "TCP", port }] }],
  };
}

/** Whoever reaches the node reaches the app. */
export function inFromAnywhere(selector: Record<string, string>, port: number): Spec {
  return {
    podSelector: { matchLabels: selector },
    policyTypes: ["Ingress"],
    ingress: [{ ports: [{ protocol: "TCP", port }] }],
  };
}
