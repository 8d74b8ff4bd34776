import { bytes } from "../../core/quantity.ts";
import type { Purpose } from "./purpose.ts";

/** Port that Redis listens on. */
export const port = 6379;
/** Where the settings are mounted. */
export const settingsFolder = "/etc/palier/redis";

/** The server's configuration file. It holds the password and is therefore kept in a Secret. */
export function redisConf({ maxmemoryPolicy, persistent }: Purpose, memory: string, password: string): string {
  const lines = [
    "bind * -::*",
    `port ${port}`,
    "dir /data",
    `requirepass ${password}`,
    `maxmemory ${Math.floor(((bytes(memory) ?? 0) * 3) / 4)}`,
    `maxmemory-policy ${maxmemoryPolicy}`,
    `appendonly ${persistent ? "yes" : "no"}`,
    "appendfsync everysec",
    'save ""',
  ];
  return `${lines.join("\n")}\n`;
}
