import pg from "pg";
import type { Logger } from "pino";
import { createClient } from "redis";
import type { Configuration } from "./configuration.ts";

/** The servers that the application keeps its data in, as far as the system has them. */
export interface Stores {
  database?: pg.Pool;
  redis?: Redis;
  /** Where logins are kept, apart from the queue. */
  sessions?: Redis;
}

export type Redis = ReturnType<typeof openRedis>;

/** Opens them. All reconnect by themselves. */
export function openStores(config: Configuration, log: Logger): Stores {
  const { DATABASE_URL, REDIS_URL, SESSION_REDIS_URL } = config;
  return {
    // It speaks no MongoDB: the system whose database is one is told, and it is not asked.
    database: DATABASE_URL?.startsWith("postgres") ? openDatabase(DATABASE_URL, config, log) : undefined,
    redis: REDIS_URL === undefined ? undefined : openRedis(REDIS_URL, log),
    sessions: SESSION_REDIS_URL === undefined ? undefined : openRedis(SESSION_REDIS_URL, log),
  };
}

function openDatabase(connectionString: string, config: Configuration, log: Logger): pg.Pool {
  const sized = config.DB_POOL_SIZE && config.DB_POOL_SIZE + config.DB_MAX_OVERFLOW;
  const database = new pg.Pool({
    connectionString,
    max: config.DATABASE_POOL_MAX ?? sized ?? 5,
    connectionTimeoutMillis: config.DB_POOL_TIMEOUT * 1000,
    maxLifetimeSeconds: config.CONNECTION_SECONDS || config.DB_POOL_RECYCLE,
    query_timeout: 5_000,
  });
  database.on("error", (error) => log.warn({ metadata: { reason: error.message } }, "a database connection was lost"));
  return database;
}

function openRedis(url: string, log: Logger) {
  const redis = createClient({
    url,
    // A command fails at once while the server is away, instead of waiting for it.
    disableOfflineQueue: true,
    socket: { connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 2_000) },
  });
  redis.on("error", (error: Error) => log.warn({ metadata: { reason: error.message } }, "redis is away"));
  redis.connect().catch(() => undefined);
  return redis;
}

export async function closeStores({ database, redis, sessions }: Stores): Promise<void> {
  redis?.destroy();
  sessions?.destroy();
  await database?.end();
}
