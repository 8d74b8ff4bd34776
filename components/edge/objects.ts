import type * as pulumi from "@pulumi/pulumi";

export type Annotations = { [name: string]: pulumi.Input<string> };

/** An object of a kind that the controller brings. */
export interface Custom {
  /** What its name ends in; empty for the one that the kind is there for. */
  role: string;
  apiVersion: string;
  kind: string;
  spec: object;
  annotations?: Annotations;
}

/** Of an edge's object: it is identity, and other objects refer to it. */
export function objectName(app: string, role = ""): string {
  return role === "" ? `${app}-edge` : `${app}-edge-${role}`;
}
