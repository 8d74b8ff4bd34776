import * as pulumi from "@pulumi/pulumi";
import { certificateProblem, daysLeft } from "../../core/certificateProblem.ts";
import { Cluster, type Live } from "../../core/cluster/cluster.ts";
import { areHooksHere } from "../areHooksHere.ts";
import { ArgumentError } from "../argument.ts";
import type { ClusterArgs } from "../environment/clusterArgs.ts";
import type { Member } from "../environment/member.ts";
import { inHook } from "../inHook.ts";
import { interruptible, pause } from "../rollout/interrupted.ts";
import type { EdgeTlsArgs } from "./args.ts";

/** What may make the Secret meanwhile, from a vault for one, has so long. */
const waitSeconds = 30;
const soonDays = 14;

/**
 * Looks into a Secret that somebody else fills before it is served: no client would take a certificate that has ended, is for
 * other hosts, or does not belong to its key.
 *
 * @param path The argument that names the Secret.
 * @param cluster Undefined where the environment names none: nobody looks.
 */
export function certificateHooks(
  path: string,
  { name, namespace }: Member,
  { secret }: EdgeTlsArgs,
  hosts: string[],
  cluster: ClusterArgs | undefined,
): pulumi.ResourceHookBinding | undefined {
  if (secret === undefined || !cluster || !areHooksHere()) return undefined;
  const look = new pulumi.ResourceHook(`${name}: looks into its certificate`, ({ oldInputs, newInputs }) =>
    interruptible(async (ended) => {
      // One that has ended meanwhile keeps nobody from a release, or from going back to one.
      if (served(oldInputs) === served(newInputs)) return;
      const reach = new Cluster({ ...cluster, namespace: await inHook(namespace) });
      const named = await inHook(secret);
      checkCertificate(path, named, await found(reach, named, ended), hosts);
    }),
  );
  return { beforeCreate: [look], beforeUpdate: [look] };
}

/** What an Ingress or a Gateway says of certificates, as text. */
// biome-ignore lint/suspicious/noExplicitAny: the inputs of either
function served(inputs: any): string | undefined {
  return inputs && JSON.stringify(inputs.spec.tls ?? inputs.spec.listeners);
}

async function found(cluster: Cluster, secret: string, ended: AbortSignal): Promise<Live | undefined> {
  for (let second = 0; ; second++) {
    const live = await cluster.get("Secret", secret);
    if (live || second >= waitSeconds) return live;
    await pause(1000, ended);
  }
}

function checkCertificate(path: string, secret: string, live: Live | undefined, hosts: string[]): void {
  const named = `Secret "${secret}"`;
  if (!live) throw new ArgumentError(path, `${named} is not there; make it, or have the certificate ordered by issuer`);
  const [certificate, key] = ["tls.crt", "tls.key"].map((one) => live["data"]?.[one] as string | undefined);
  if (!certificate || !key) {
    throw new ArgumentError(path, `${named} has no tls.crt or no tls.key; name one of the type kubernetes.io/tls`);
  }
  const given = { certificate: decoded(certificate), key: decoded(key) };
  const problem = certificateProblem(given, hosts, new Date());
  if (problem) throw new ArgumentError(path, `the certificate in ${named} ${problem}; put a valid one there`);
  const left = daysLeft(given.certificate, new Date())!;
  if (left < soonDays) pulumi.log.warn(`${path}: the certificate in ${named} ends in ${left} days; renew it`);
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
