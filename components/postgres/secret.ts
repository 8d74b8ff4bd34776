import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Member } from "../environment/member.ts";
import { secretVersion } from "../version.ts";
import { serverCertificate } from "./certificate.ts";

/** The superuser's password, and the server's certificate with its key; beside it the authority that clients trust. */
export function serverSecret({ name, namespace, metadata }: Member, opts: pulumi.CustomResourceOptions) {
  const password = new random.RandomPassword(`${name}-admin-password`, { length: 32, special: false }, opts);
  const service = [name, pulumi.interpolate`${name}.${namespace}`, pulumi.interpolate`${name}.${namespace}.svc`];
  const certificate = serverCertificate(name, service, opts);
  const stringData = {
    password: password.result,
    "tls.crt": certificate.certificate,
    "tls.key": certificate.privateKey,
  };
  const version = secretVersion(`${name}-admin-version`, stringData, opts);
  const secret = new k8s.core.v1.Secret(
    `${name}-admin`,
    { metadata: metadata(pulumi.interpolate`${name}-admin-${version}`), stringData, immutable: true },
    opts,
  );
  return { secret: secret.metadata.name, authority: certificate.authority };
}
