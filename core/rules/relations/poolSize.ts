import { poolVariable } from "../../poolVariable.ts";
import { nameWords } from "../nameWords.ts";
import type { Field } from "../reading/field.ts";
import type { Environment } from "./environment.ts";

/** A number that a variable states; `unknown` while it is not known. */
export type Stated = number | "unknown" | undefined;

const otherPools =
  /^(REDIS|CACHE|HTTP|THREAD|THREADS|WORKER|WORKERS|MIN|MINIMUM|TIMEOUT|IDLE|RECYCLE|RESERVE|OVERFLOW|PRE|PING)$/;

/**
 * The connections that one process keeps at most to what these variables lead to: the sum of their own pools, such as
 * `ORDERS_POOL_MAX` of `ORDERS_URL`, and where none states one, what it says of any.
 */
export function poolSize(environment: Environment, tellers: readonly string[]): Stated {
  const own = tellers.map((name) => stated(environment.variables.get(poolVariable(name))));
  const known = own.filter((size) => size !== undefined);
  if (known.length === 0) return anyPool(environment);
  return known.includes("unknown") ? "unknown" : known.reduce<number>((sum, size) => sum + Number(size), 0);
}

/** `DB_POOL_MAX`, `DATABASE_POOL_SIZE`, or a parameter of its URL. */
function anyPool({ variables }: Environment): Stated {
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

/** What the pools of these variables may open beyond their size; where none of them says so, what it says of any. */
export function overflow({ variables }: Environment, tellers: readonly string[]): Stated {
  const own = tellers.map((name) => stated(variables.get(poolVariable(name).replace(/MAX$/, "OVERFLOW"))));
  const known = own.filter((size) => size !== undefined);
  if (known.length > 0) return known.includes("unknown") ? "unknown" : known.reduce<number>((a, b) => a + Number(b), 0);
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
  return values.map(stated).find((value) => value !== undefined);
}

function stated(value: Field | undefined): Stated {
  if (!value || value.unknown) return value && "unknown";
  return /^\d+$/.test(value.text ?? "") ? Number(value.text) : undefined;
}
