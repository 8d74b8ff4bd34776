import { bytes } from "../../core/quantity.ts";
import type { Purpose } from "./purpose.ts";

/** Port that Redis listens on. */
export const port = 6379;
/** Where the settings are mounted. */
export const settingsFolder = "/etc/palier/redis";

/** The server's configuration file. @param users The lines that say who may use it. */
export function redisConf({ maxmemoryPolicy, persistent }: Purpose, memory: string, users: readonly string[]): string {
  const lines = [
    "bind * -::*",
    `port ${port}`,
    "dir /data",
    ...users,
    `maxmemory ${Math.floor(((bytes(memory) ?? 0) * 3) / 4)}`,
    `maxmemory-policy ${maxmemoryPolicy}`,
    `appendonly ${persistent ? "yes" : "no"}`,
    "appendfsync everysec",
    'save ""',
  ];
  return `${lines.join("\n")}\n`;
}
