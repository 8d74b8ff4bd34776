import { statfs } from "node:fs/promises";
import { freemem, totalmem } from "node:os";
import type { Health } from "./contracts.ts";
import type { Stores } from "./stores.ts";

export type Check = () => Promise<unknown>;

/** Asks everything the application needs, all at once, each for at most two seconds. */
export async function health(checks: Record<string, Check>, timeoutMilliseconds = 2_000): Promise<Health> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await timed(check, timeoutMilliseconds)] as const),
  );
  const ok = entries.every(([, result]) => result.ok);
  return {
    status: ok ? "healthy" : "unhealthy",
    timestamp: new Date().toISOString(),
    checks: Object.fromEntries(entries),
  };
}

async function timed(check: Check, limit: number): Promise<Health["checks"][string]> {
  const start = performance.now();
  const milliseconds = () => Math.round(performance.now() - start);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limit} ms`)), limit);
  });
  try {
    await Promise.race([check(), late]);
    return { ok: true, milliseconds: milliseconds() };
  } catch (error) {
    return { ok: false, milliseconds: milliseconds(), reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Codes rather than messages: a driver's message may hold an address with its password. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code) return code;
  return message && !message.includes("://") ? message : "failed";
}

/** What is asked of a system: what it has, and the machine it runs on. */
export function checksOf({ database, redis, sessions }: Stores, api?: string): Record<string, Check> {
  return {
    ...(database && { database: () => database.query("SELECT 1") }),
    ...(redis && { redis: () => redis.ping() }),
    ...(sessions && { sessions: () => sessions.ping() }),
    ...(api && { api: () => answered(`${api}/ready`) }),
    disk_space: async () => {
      const { bavail, blocks } = await statfs("/tmp");
      if (bavail / blocks < 0.05) throw new Error("less than 5 % of /tmp is free");
    },
    memory: async () => {
      if (freemem() / totalmem() < 0.02) throw new Error("less than 2 % of the memory is free");
    },
  };
}

async function answered(url: string): Promise<void> {
  const { ok, status } = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  if (!ok) throw new Error(`answered ${status}`);
}
