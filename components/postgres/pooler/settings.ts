import type { Profile, Resources } from "../../../core/profile.ts";
import { sized } from "../../resources.ts";
import type { PostgresPoolerArgs } from "./args.ts";

/** By what a server's poolers are known: their Service, a label of their pods, and the role by which they ask. */
export const poolerName = (server: string): string => `${server}-pooler`;

/** How a pooler is meant, with its defaults. */
export interface PoolerSettings {
  mode: string;
  size: number;
  clients: number;
  instances: number;
  resources: Resources;
}

/** Completed from the environment's profile. */
export function poolerSettings(args: PostgresPoolerArgs, { replicas }: Profile): PoolerSettings {
  return {
    mode: args.mode ?? "transaction",
    size: args.size ?? 20,
    clients: args.clients ?? 1000,
    instances: args.instances ?? replicas.min,
    resources: sized(args.resources, { cpu: "50m", memory: "64Mi" }),
  };
}

/** PgBouncer's own settings, by their names. A driver's prepared statements outlive a transaction: PgBouncer keeps track of them. */
export function poolerParameters(args: PostgresPoolerArgs, settings: PoolerSettings): { [name: string]: string } {
  return {
    default_pool_size: String(settings.size),
    max_db_connections: String(settings.size),
    max_client_conn: String(settings.clients),
    ...(settings.mode === "transaction" ? { max_prepared_statements: "200" } : {}),
    ...args.parameters,
  };
}
