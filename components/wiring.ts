import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ConfigMapKey, SecretKey } from "./link.ts";

/** What a container is given from outside: the same for an app and for its migrations. */
export interface Wiring {
  /** Variables in clear. */
  variables: { [name: string]: pulumi.Input<string> };
  /** Variables whose value stands in a Secret. */
  secrets: { [name: string]: SecretKey };
  /** Certificates of authorities, each mounted for the variable of this name. */
  authorities: { [variable: string]: ConfigMapKey };
}

/** Where the authority's certificate for a variable's address is mounted. */
export function authorityFile(variable: string): string {
  return `/etc/palier/links/${variable}/ca.crt`;
}

export function environmentVariables({ variables, secrets }: Wiring): types.input.core.v1.EnvVar[] {
  return [
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    ...Object.entries(secrets).map(([name, { name: secret, key }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: secret, key } },
    })),
  ];
}

export function authorityVolumes({ authorities }: Wiring): types.input.core.v1.Volume[] {
  return Object.entries(authorities).map(([variable, { name, key }]) => ({
    name: volumeName(variable),
    configMap: { name, items: [{ key, path: "ca.crt" }] },
  }));
}

export function authorityMounts({ authorities }: Wiring): types.input.core.v1.VolumeMount[] {
  return Object.keys(authorities).map((variable) => ({
    name: volumeName(variable),
    mountPath: `/etc/palier/links/${variable}`,
    readOnly: true,
  }));
}

function volumeName(variable: string): string {
  return `authority-${variable.toLowerCase().replaceAll("_", "-")}`;
}
