import type { types } from "@pulumi/kubernetes";
import type { Controller } from "./controller.ts";

type Spec = types.input.networking.v1.NetworkPolicySpec;

/** The controller's pods, and nobody else, reach these on this port. */
export function inFromEdge({ namespace, selector }: Controller, pods: { [label: string]: string }, port: number): Spec {
  const namespaceSelector = { matchLabels: { "kubernetes.io/metadata.name": namespace } };
  const podSelector = Object.keys(selector).length > 0 ? { podSelector: { matchLabels: selector } } : {};
  return {
    podSelector: { matchLabels: pods },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector, ...podSelector }], ports: [{ protocol: "TCP", port }] }],
  };
}

/** The pods by which cert-manager proves that a host is its own; it makes them for a moment. */
export const challenge = { pods: { "acme.cert-manager.io/http01-solver": "true" }, port: 8089 };
