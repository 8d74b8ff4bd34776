import { bytes } from "../../core/quantity.ts";
import type { Purpose } from "./purpose.ts";

/** Port that Redis listens on. */
export const port = 6379;
/** Where the settings are mounted. */
export const settingsFolder = "/etc/palier/redis";

/**
 * What a server needs to know of the others. One that keeps its data takes no write that no replica is there for: cut off from
 * the others, it stops within ten seconds.
 */
export function replicationLines({ persistent }: Purpose, admin: string): string[] {
  const guarded = persistent ? ["min-replicas-to-write 1", "min-replicas-max-lag 10"] : [];
  return ["masteruser admin", `masterauth ${admin}`, "repl-diskless-sync-delay 0", ...guarded];
}

/** The server's configuration file. @param more The lines that say who may use it, and what else it has to know. */
export function redisConf({ maxmemoryPolicy, persistent }: Purpose, memory: string, more: readonly string[]): string {
  const lines = [
    "bind * -::*",
    `port ${port}`,
    "dir /data",
    ...more,
    `maxmemory ${Math.floor(((bytes(memory) ?? 0) * 3) / 4)}`,
    `maxmemory-policy ${maxmemoryPolicy}`,
    `appendonly ${persistent ? "yes" : "no"}`,
    "appendfsync everysec",
    'save ""',
  ];
  return `${lines.join("\n")}\n`;
}
