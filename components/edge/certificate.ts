import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { serverCertificate } from "../certificate.ts";
import type { Member } from "../environment/member.ts";
import type { EdgeTlsArgs } from "./args.ts";

/** Makes, asks for or names the Secret with the certificate for these hosts. */
export function declareCertificate(
  me: Member,
  { issuer, clusterIssuer, secret, generated }: EdgeTlsArgs,
  hosts: string[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Input<string> {
  if (secret !== undefined) return secret;
  const name = `${me.name}-edge`;
  if (generated) return generatedSecret(name, me, hosts, opts);
  const secretName = `${name}-certificate`;
  const spec = {
    secretName,
    dnsNames: hosts,
    issuerRef: issuer
      ? { group: "cert-manager.io", kind: "Issuer", name: issuer }
      : { group: "cert-manager.io", kind: "ClusterIssuer", name: clusterIssuer },
    privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
    usages: ["digital signature", "key encipherment", "server auth"],
  };
  // Nobody waits for it: an authority may want to be answered by the very route that names the Secret.
  const certificate = {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: me.metadata(secretName),
    spec,
  };
  new k8s.apiextensions.CustomResource(secretName, certificate, opts);
  return secretName;
}

function generatedSecret(name: string, me: Member, hosts: string[], opts: pulumi.CustomResourceOptions) {
  const { certificate, privateKey, authority } = serverCertificate(name, hosts, opts);
  const stringData = { "tls.crt": certificate, "tls.key": privateKey, "ca.crt": authority };
  const made = { metadata: me.metadata(), type: "kubernetes.io/tls", stringData, immutable: true };
  return new k8s.core.v1.Secret(`${name}-certificate`, made, opts).metadata.name;
}
