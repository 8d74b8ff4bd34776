import { z } from "zod";
import type { PostgresArgs } from "../index.ts";

/** What a stack file says of a database that somebody else runs: Supabase, Neon, Clever Cloud, RDS. */
export const managedPostgres = z.strictObject({
  /** Where it answers itself, not its pooler: a host. */
  host: z.string().min(1),
  port: z.int().min(1).max(65535).optional(),
  cidrs: z.array(z.string()).optional(),
  /** Who makes roles there; the password stands in the Secret `managed-postgres`, under the key `password`. */
  administrator: z.string().min(1).default("postgres"),
  /** Certificates that its people publish, in PEM. */
  authority: z.string().min(1),
});

/** A database where the stack file says: elsewhere, or else in the cluster with this room. */
export function postgresAt(
  managed: z.infer<typeof managedPostgres> | undefined,
  room: Pick<PostgresArgs, "connections" | "resources"> = {},
): Pick<PostgresArgs, "connections" | "resources" | "external"> {
  if (!managed) return room;
  return { external: { ...managed, password: { name: "managed-postgres", key: "password" } } };
}
