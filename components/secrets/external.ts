import type { Member } from "../environment/member.ts";
import type { ExternalSecretArgs } from "./args.ts";

/** Annotation of a Secret from a store: the name of the rotation. */
export const rotationAnnotation = "palier.dev/rotation";

/** What the External Secrets Operator is asked for: a Secret with this one key. */
export function externalSpec({ labels }: Member, key: string, args: ExternalSecretArgs, rotation?: string): object {
  const { store, clusterStore, refreshMinutes } = args;
  const annotations = rotation === undefined ? undefined : { [rotationAnnotation]: rotation };
  return {
    secretStoreRef: clusterStore
      ? { kind: "ClusterSecretStore", name: clusterStore }
      : { kind: "SecretStore", name: store },
    ...(refreshMinutes === undefined
      ? { refreshPolicy: "CreatedOnce" }
      : { refreshPolicy: "Periodic", refreshInterval: `${refreshMinutes}m` }),
    target: {
      creationPolicy: "Owner",
      immutable: refreshMinutes === undefined,
      template: { metadata: { labels, annotations } },
    },
    data: [{ secretKey: key, remoteRef: { key: args.key, property: args.property, version: args.version } }],
  };
}
