import type { Resources } from "../../core/profile.ts";
import { sized } from "../resources.ts";
import type { ObjectStoreArgs, StoreVariablesArgs } from "./args.ts";

/** Port that a server of one's own listens on. */
export const port = 9000;

export interface ObjectStoreSettings {
  region: string;
  variables: Required<StoreVariablesArgs>;
  storage: string;
  resources: Resources;
}

/** The arguments with their defaults. */
export function objectStoreSettings({
  region = "us-east-1",
  variables = {},
  storage = "1Gi",
  resources,
}: ObjectStoreArgs): ObjectStoreSettings {
  const { bucket = "S3_BUCKET", id = "AWS_ACCESS_KEY_ID", secret = "AWS_SECRET_ACCESS_KEY" } = variables;
  return {
    region,
    variables: { bucket, region: variables.region ?? "AWS_REGION", id, secret },
    storage,
    resources: sized(resources, { cpu: "50m", memory: "256Mi" }),
  };
}

/**
 * Makes the bucket and serves it. The keys come by the variable that rclone reads for `--auth-key`, and so stand in no
 * command line.
 */
export const serve = `mkdir -p "$FOLDER/$BUCKET"
exec rclone serve s3 --config /notfound --addr "$ADDRESS" "$FOLDER"
`;
