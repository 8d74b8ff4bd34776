import { poolVariable } from "../../core/poolVariable.ts";
import type { Link } from "../link.ts";

/** What a process is told of the pool that it keeps to what a link leads to, by the names that it asks for. */
export function poolVariables(variable: string, { pool }: Pick<Link, "pool">): { [name: string]: string } {
  if (!pool) return {};
  const { size, overflow, timeoutSeconds, recycleSeconds, names = {} } = pool;
  const usual = poolVariable(variable);
  const told: [name: string, value: number | undefined][] = [
    [names.size ?? usual, size],
    [names.overflow ?? usual.replace(/MAX$/, "OVERFLOW"), overflow],
    [names.timeout ?? usual.replace(/MAX$/, "TIMEOUT"), timeoutSeconds],
    [names.recycle ?? usual.replace(/MAX$/, "RECYCLE"), recycleSeconds],
  ];
  return Object.fromEntries(told.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
