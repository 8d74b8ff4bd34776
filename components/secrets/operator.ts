import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";

/** An object from which a controller in the cluster makes a Secret of the same name. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  /** Its condition that says that the Secret is there. */
  readonly condition: string;
}

/** External Secrets Operator, from 0.16 on. */
export const externalSecret: Kind = {
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  condition: "Ready",
};

/** Sealed Secrets, from 0.18 on. */
export const sealedSecret: Kind = { apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", condition: "Synced" };

interface Operated {
  spec: object;
  annotations?: Record<string, string>;
}

/**
 * Declares such an object and hands back the Secret's name. Any change of it makes both anew, under a name that never
 * comes back, so that what refers to the Secret rolls. A value that can't be had fails the update within two minutes,
 * before any pod waits for it.
 */
export function operatedSecret(
  name: string,
  { metadata }: Member,
  { apiVersion, kind, condition }: Kind,
  { spec, annotations }: Operated,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const waiting = { ...annotations, "pulumi.com/waitFor": `condition=${condition}` };
  return new k8s.apiextensions.CustomResource(
    name,
    { apiVersion, kind, metadata: { ...metadata(), annotations: waiting }, spec },
    { ...opts, replaceOnChanges: ["spec"], customTimeouts: { create: "2m" } },
  ).metadata.name;
}
