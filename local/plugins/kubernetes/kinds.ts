import type { PropertyMap } from "../../grpc/values.ts";
import { text } from "./model/object.ts";

/** Of a token like `kubernetes:apps/v1:Deployment`; the group `core` has no name in the API. */
export function kindOf(type: string): { apiVersion: string; kind: string } {
  const [, module = "", kind = ""] = type.split(":");
  return { apiVersion: module.replace(/^core\//, ""), kind };
}

/** `DeploymentPatch` manages some fields of a Deployment that somebody else made. */
export function isPatch(type: string, inputs: PropertyMap): boolean {
  const { kind } = kindOf(type);
  return kind.endsWith("Patch") && kind !== text(inputs["kind"]);
}

/** Single objects of any kind that the API server knows: not what the official plugin makes objects from. */
export function isSingleObject(type: string): boolean {
  return /^kubernetes:(?!(?:helm\.sh|yaml|kustomize)[/:])[^:]+:[^:]+$/.test(type);
}

export function refuseList(type: string, inputs: PropertyMap): void {
  const { kind } = kindOf(type);
  if (kind.endsWith("List") && inputs["items"] !== undefined) {
    throw new Error(`${kind} can't be created: declare the objects one by one, with the kind ${kind.slice(0, -4)}`);
  }
}

/** For an answer where the API server can't be asked. Everything else is taken to have a namespace. */
const clusterScoped = new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "ClusterRole",
  "ClusterRoleBinding",
  "StorageClass",
  "VolumeAttachment",
  "CSIDriver",
  "CSINode",
  "IngressClass",
  "GatewayClass",
  "RuntimeClass",
  "PriorityClass",
  "CustomResourceDefinition",
  "APIService",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "FlowSchema",
  "PriorityLevelConfiguration",
  "CertificateSigningRequest",
  "ClusterIssuer",
]);

export function usuallyNamespaced(kind: string): boolean {
  return !clusterScoped.has(kind.replace(/Patch$/, ""));
}
