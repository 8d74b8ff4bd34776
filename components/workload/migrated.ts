import type * as pulumi from "@pulumi/pulumi";
import type { Member } from "../environment/member.ts";
import { Migration } from "../migration/migration.ts";
import type { Wiring } from "../wiring.ts";
import type { MigrateArgs, WorkloadArgs } from "./args.ts";
import type { Linked } from "./links.ts";

/** Known when the schema fits the image: the workload starts after it. */
export function migrated(
  { name }: Member,
  args: WorkloadArgs & { migrate?: MigrateArgs },
  user: number,
  wiring: Wiring,
  linked: Linked,
  opts: pulumi.ComponentResourceOptions,
): pulumi.Output<string> {
  if (!args.migrate) return linked.ready;
  const migration = new Migration(
    `${name}-migrate`,
    {
      ...wiring,
      secrets: { ...wiring.secrets, ...linked.migrator },
      ...args.migrate,
      environment: args.environment,
      app: name,
      image: args.image,
      user,
      after: linked.ready,
    },
    opts,
  );
  return migration.ready.apply(() => "migrated");
}
