import pg from "pg";
import type { Logger } from "pino";
import { createClient } from "redis";
import type { Configuration } from "./configuration.ts";

/** Opens the servers that the application keeps its data in. Both reconnect by themselves. */
export function openStores(config: Configuration, log: Logger) {
  const database = new pg.Pool({
    connectionString: config.DATABASE_URL,
    max: 5,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
    maxLifetimeSeconds: config.CONNECTION_SECONDS,
  });
  database.on("error", (error) => log.warn({ metadata: { reason: error.message } }, "a database connection was lost"));
  const redis = createClient({
    url: config.REDIS_URL,
    // A command fails at once while the server is away, instead of waiting for it.
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 2_000) },
  });
  redis.on("error", (error: Error) => log.warn({ metadata: { reason: error.message } }, "redis is away"));
  redis.connect().catch(() => undefined);
  return { database, redis };
}

export type Stores = ReturnType<typeof openStores>;

export async function closeStores({ database, redis }: Stores): Promise<void> {
  redis.destroy();
  await database.end();
}
