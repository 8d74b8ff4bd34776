import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { serverCertificate } from "../certificate.ts";
import type { Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";

/** The superuser's password, and the server's certificate with its key; beside it the authority that clients trust. */
export function serverSecret(me: Member, opts: pulumi.CustomResourceOptions) {
  const { name, namespace } = me;
  const password = new random.RandomPassword(`${name}-admin-password`, { length: 32, special: false }, opts);
  const service = [name, pulumi.interpolate`${name}.${namespace}`, pulumi.interpolate`${name}.${namespace}.svc`];
  const certificate = serverCertificate(name, service, opts);
  const stringData = {
    password: password.result,
    "tls.crt": certificate.certificate,
    "tls.key": certificate.privateKey,
  };
  return { secret: frozenSecret(`${name}-admin`, me, stringData, opts), authority: certificate.authority };
}
