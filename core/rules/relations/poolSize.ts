import { nameWords } from "../nameWords.ts";
import type { Field } from "../reading/field.ts";
import type { Environment } from "./environment.ts";

/** A number that a variable states; `unknown` while it is not known. */
export type Stated = number | "unknown" | undefined;

const otherPools =
  /^(REDIS|CACHE|HTTP|THREAD|THREADS|WORKER|WORKERS|MIN|MINIMUM|TIMEOUT|IDLE|RECYCLE|RESERVE|OVERFLOW|PRE|PING)$/;

/** The connections that one process keeps at most: `DB_POOL_MAX`, `DATABASE_POOL_SIZE`, or a parameter of its URL. */
export function poolSize({ variables }: Environment): Stated {
  const named = [...variables].filter(([name]) => {
    const words = nameWords(name);
    const pool = words.findIndex((word) => /^POOL(SIZE)?$/.test(word));
    const last = words.at(-1) ?? "";
    const size = /^(POOL|POOLSIZE|SIZE|MAX|MAXIMUM|LIMIT)$/.test(last);
    return pool >= 0 && size && !words.some((word) => otherPools.test(word));
  });
  const inUrl = [...variables.values()]
    .map(({ text = "" }) => /[?&](?:connection_limit|pool_size|max_pool_size|pool_max_conns|pool_max)=(\d+)/.exec(text))
    .find((found) => found !== null);
  return first(named.map(([, value]) => value)) ?? (inUrl ? Number(inUrl[1]) : undefined);
}

/** What a pool may open beyond its size. */
export function overflow({ variables }: Environment): Stated {
  const named = [...variables].filter(([name]) => {
    const words = nameWords(name);
    return words.includes("OVERFLOW") && words.some((word) => /^(POOL|DB|DATABASE|MAX|SQLALCHEMY)$/.test(word));
  });
  return first(named.map(([, value]) => value)) ?? 0;
}

/** How many processes a container runs, each with a pool of its own. */
export function processes({ variables }: Environment): Stated {
  const named = ["WEB_CONCURRENCY", "UVICORN_WORKERS", "GUNICORN_WORKERS", "WORKERS"];
  return first(named.flatMap((name) => variables.get(name) ?? [])) ?? 1;
}

function first(values: readonly Field[]): Stated {
  const [value] = values.filter(({ unknown, text }) => unknown || /^\d+$/.test(text ?? ""));
  if (!value) return undefined;
  return value.unknown ? "unknown" : Number(value.text);
}
