import * as pulumi from "@pulumi/pulumi";
import { shortDigest } from "./slot.ts";

/**
 * Whether `palier rollback` has brought this image back: its migrations ran when it was released, the schema has gone on since,
 * and tools such as Alembic refuse a schema that is newer than they know.
 */
export function isRolledBack(image: pulumi.Input<string>): boolean {
  const listed = new pulumi.Config("palier").get("rolledBack") ?? "";
  return typeof image === "string" && listed.split(",").includes(shortDigest(image));
}
