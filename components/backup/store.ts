import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { inFrom, outTo } from "../workload/network.ts";
import type { BackupStoreArgs } from "./args.ts";

type EnvVar = k8s.types.input.core.v1.EnvVar;

/** The bucket as rclone knows it, without a file of settings. */
export function storeVariables({ endpoint, region, bucket, prefix, credentials }: BackupStoreArgs): EnvVar[] {
  const remote = (key: string) => `RCLONE_CONFIG_STORE_${key}`;
  const from = ({ name, key }: { name: pulumi.Input<string>; key: string }) => ({ secretKeyRef: { name, key } });
  return [
    { name: "RCLONE_CONFIG", value: "/notfound" },
    { name: remote("TYPE"), value: "s3" },
    { name: remote("PROVIDER"), value: "Other" },
    { name: remote("ENDPOINT"), value: endpoint.address! },
    { name: remote("REGION"), value: region },
    // It would make the bucket that a typing error names.
    { name: remote("NO_CHECK_BUCKET"), value: "true" },
    { name: remote("ACCESS_KEY_ID"), valueFrom: from(credentials.id) },
    { name: remote("SECRET_ACCESS_KEY"), valueFrom: from(credentials.secret) },
    { name: "RCLONE_CONTIMEOUT", value: "20s" },
    { name: "STORE", value: ["store:", bucket, prefix === undefined ? "" : `/${prefix}`].join("") },
  ];
}

/** Opens the way from these pods to what they use, at both ends where the other one is a pod too. */
export function declareWay(
  me: Member,
  pods: string,
  role: string,
  link: BackupStoreArgs["endpoint"],
  opts: pulumi.CustomResourceOptions,
): void {
  const policies = { out: outTo(pods, link), ...(link.selector ? { in: inFrom(pods, link) } : {}) };
  for (const [direction, spec] of Object.entries(policies)) {
    const name = `${pods}-${role}-${direction}`;
    new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  }
}
