import type { types } from "@pulumi/kubernetes";
import { fromSecret } from "../access/psql.ts";
import type { BackupStoreArgs } from "./args.ts";

type EnvVar = types.input.core.v1.EnvVar;

/**
 * A store that goes silent is told of within a quarter of an hour: rclone asks up to twelve times, and by itself would go on
 * for hours, in which the Job's deadline ends it without a word.
 */
const patience: EnvVar[] = [
  { name: "RCLONE_CONTIMEOUT", value: "20s" },
  { name: "RCLONE_TIMEOUT", value: "60s" },
  { name: "RCLONE_RETRIES", value: "2" },
  { name: "RCLONE_LOW_LEVEL_RETRIES", value: "2" },
];

/** The bucket as rclone knows it, without a file of settings. */
export function storeVariables({ endpoint, region, bucket, prefix, credentials }: BackupStoreArgs): EnvVar[] {
  const remote = (key: string) => `RCLONE_CONFIG_STORE_${key}`;
  return [
    { name: "RCLONE_CONFIG", value: "/notfound" },
    { name: remote("TYPE"), value: "s3" },
    { name: remote("PROVIDER"), value: "Other" },
    { name: remote("ENDPOINT"), value: endpoint.address! },
    { name: remote("REGION"), value: region },
    // It would make the bucket that a typing error names.
    { name: remote("NO_CHECK_BUCKET"), value: "true" },
    fromSecret(remote("ACCESS_KEY_ID"), credentials.id),
    fromSecret(remote("SECRET_ACCESS_KEY"), credentials.secret),
    ...patience,
    { name: "STORE", value: ["store:", bucket, prefix === undefined ? "" : `/${prefix}`].join("") },
  ];
}
