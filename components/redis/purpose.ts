/** What a Redis is for decides how it treats memory and disk: they differ in what may be lost. */
export interface Purpose {
  /** What happens when memory is full. */
  readonly maxmemoryPolicy: "noeviction" | "allkeys-lru" | "volatile-ttl";
  /** Written to disk before a second has passed, and read back after a restart. */
  readonly persistent: boolean;
}

export const purposes = {
  /** Jobs: nothing may be evicted (BullMQ requires it), and a restart must find them. */
  queue: { maxmemoryPolicy: "noeviction", persistent: true },
  /** Copies: the least used go first, and a restart begins empty. */
  cache: { maxmemoryPolicy: "allkeys-lru", persistent: false },
  /** Logins: those that end soonest go first, and a restart keeps people logged in. */
  session: { maxmemoryPolicy: "volatile-ttl", persistent: true },
} as const satisfies Record<string, Purpose>;

export type PurposeName = keyof typeof purposes;
