import type * as pulumi from "@pulumi/pulumi";
import type { StoreCredentialsArgs } from "../backup/args.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Link } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";

/** Names of the variables that an app gets with a store's link, beside the one that holds the endpoint. */
export interface StoreVariablesArgs {
  /**
   * Of the bucket's name.
   * @default "S3_BUCKET"
   */
  bucket?: string;
  /**
   * Of the region.
   * @default "AWS_REGION"
   */
  region?: string;
  /**
   * Of the access key's id.
   * @default "AWS_ACCESS_KEY_ID"
   */
  id?: string;
  /**
   * Of the access key's secret.
   * @default "AWS_SECRET_ACCESS_KEY"
   */
  secret?: string;
}

export interface ObjectStoreArgs {
  /** Whose it is. */
  environment: EnvironmentRef;
  /** The bucket, of 3–63 lower-case letters, digits, inner dashes and dots. Outside it is there already; a server of one's own makes it. */
  bucket: string;
  /**
   * The bucket's region.
   * @default "us-east-1", which S3 takes where there is none
   */
  region?: string;
  /**
   * Where it answers: `outside({ host: "s3.fr-par.scw.cloud" })`. In staging and production it speaks TLS.
   * @default none; needed without `image`
   */
  endpoint?: Link;
  /**
   * By whom it is read and written.
   * @default none; needed with `endpoint`
   */
  credentials?: StoreCredentialsArgs;
  /**
   * An image of [rclone](https://rclone.org), 1.65 or later, with a shell: in dev and review, a server of one's own in place of `endpoint`; a reference with its digest.
   * @default none
   */
  image?: pulumi.Input<string>;
  /**
   * Names of the variables that apps know it by.
   * @default as each of them
   */
  variables?: StoreVariablesArgs;
  /**
   * Size of the volume of a server of one's own, a Kubernetes quantity of 1Mi–1024Ti.
   * @default 1Gi
   */
  storage?: string;
  /**
   * What a server of one's own asks for; what is uploaded passes through its memory.
   * @default cpu 50m, memory 256Mi
   */
  resources?: ResourcesArgs;
}
