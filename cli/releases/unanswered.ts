import { ApiError, Unreachable } from "../../core/cluster/apiError.ts";
import type { Cluster } from "../../core/cluster/cluster.ts";
import { UsageError } from "../usage.ts";

/** What a cluster said in place of an answer, to be thrown: in words, where it is no error of ours. */
export function unanswered({ namespace }: Pick<Cluster, "namespace">, error: unknown): unknown {
  const told = error instanceof Unreachable || error instanceof ApiError;
  return told ? new UsageError(`${namespace}: ${error.message}.`) : error;
}
