import type { Member } from "../environment/member.ts";

/** Sealed for a namespace, it may have any name there: a new one for each content. */
export const namespaceWide = { "sealedsecrets.bitnami.com/namespace-wide": "true" };

/** What the Sealed Secrets controller is asked to open: a Secret with this one key. */
export function sealedSpec({ labels }: Member, key: string, sealed: string): object {
  return {
    encryptedData: { [key]: sealed },
    template: { type: "Opaque", immutable: true, metadata: { labels, annotations: namespaceWide } },
  };
}
