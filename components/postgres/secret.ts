import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { serverCertificate } from "../certificate.ts";
import type { Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";

/**
 * The superuser's password, and the server's certificate with its key; beside it the authority that clients trust.
 *
 * @param services Names under which the server answers.
 * @param operated Whether an operator reads it, which asks for the superuser's name and for the authority too.
 */
export function serverSecret(
  me: Member,
  services: readonly string[],
  operated: boolean,
  opts: pulumi.CustomResourceOptions,
) {
  const { name, namespace } = me;
  const password = new random.RandomPassword(`${name}-admin-password`, { length: 32, special: false }, opts);
  const names = services.flatMap((one) => [
    one,
    pulumi.interpolate`${one}.${namespace}`,
    pulumi.interpolate`${one}.${namespace}.svc`,
  ]);
  const certificate = serverCertificate(name, names, opts);
  const stringData = {
    ...(operated ? { username: "postgres", "ca.crt": certificate.authority } : {}),
    password: password.result,
    "tls.crt": certificate.certificate,
    "tls.key": certificate.privateKey,
  };
  return { secret: frozenSecret(`${name}-admin`, me, stringData, opts), authority: certificate.authority };
}
