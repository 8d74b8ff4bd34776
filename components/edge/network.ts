import type { types } from "@pulumi/kubernetes";
import { challengeLabel } from "../../core/labels.ts";
import { fromNamespace, into } from "../workload/network.ts";
import type { Controller } from "./controller.ts";

/** The controller's pods, and nobody else, reach these on this port. */
export function inFromEdge(
  { namespace, selector }: Controller,
  pods: { [label: string]: string },
  port: number,
): types.input.networking.v1.NetworkPolicySpec {
  return into({ matchLabels: pods }, fromNamespace(namespace, selector), port);
}

/** Where those pods answer with which cert-manager proves that a host is its own. */
export const challenge = { pods: { [challengeLabel]: "true" }, port: 8089 };
