import { ApiError } from "../../core/cluster/apiError.ts";
import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { rollingSlot } from "../../core/labels.ts";
import { amount } from "../../core/quantity.ts";
import { countsOf } from "./pods.ts";
import type { Release } from "./release.ts";
import { deploymentOf } from "./slot.ts";
import type { Led } from "./traffic.ts";

type Amounts = Record<string, number>;
type Resources = { requests?: Record<string, string>; limits?: Record<string, string> };

/** Of a Deployment, as the engine is about to make it. */
interface Inputs {
  spec?: {
    template?: { spec?: { containers?: { resources?: Resources }[]; initContainers?: { resources?: Resources }[] } };
  };
}

/**
 * Refuses a release beside one that serves, where a quota has no room for as many pods of it: before its Deployment is made
 * and before any traffic moves. Else its pods would never come, and the release would fail once its time is over.
 */
export async function refuseCrowded(
  cluster: Cluster,
  release: Release,
  led: Led | undefined,
  inputs: object,
): Promise<void> {
  const { app, slot, min } = release;
  const from = led?.selected;
  if (slot === rollingSlot || from === undefined || from === slot) return;
  if (await cluster.get("Deployment", deploymentOf(app, slot))) return;
  const count = Math.max(min, (await countsOf(cluster, app, from))?.wanted ?? 0);
  const asked = askedBy(inputs as Inputs, count);
  const short = (await quotasIn(cluster)).filter(countsAll).flatMap((quota) => shortOf(quota, asked));
  if (short.length === 0) return;
  throw new Error(
    `${app}: the release of ${slot} does not fit beside ${from}, which serves on: ${count} ${count === 1 ? "pod" : "pods"} more ` +
      `want ${short.join("; ")}. Nothing of it was made. Give the environment more quota, or the app fewer replicas or smaller ones`,
  );
}

/** Who may not read quotas learns of them as before: by pods that do not come. */
async function quotasIn(cluster: Cluster): Promise<Live[]> {
  return cluster.list("ResourceQuota").catch((error) => {
    if (error instanceof ApiError) return [];
    throw error;
  });
}

/** By the names that a quota has for it. */
function askedBy({ spec }: Inputs, count: number): Amounts {
  const { containers = [], initContainers = [] } = spec?.template?.spec ?? {};
  const one = (of: "requests" | "limits", what: string) => {
    const stated = (all: typeof containers) => all.map(({ resources }) => amount(resources?.[of]?.[what] ?? "0") ?? 0);
    return Math.max(
      stated(containers).reduce((sum, each) => sum + each, 0),
      ...stated(initContainers),
    );
  };
  const [cpu, memory] = [one("requests", "cpu") * count, one("requests", "memory") * count];
  return {
    ...{ pods: count, cpu, memory, "requests.cpu": cpu, "requests.memory": memory },
    ...{ "limits.cpu": one("limits", "cpu") * count, "limits.memory": one("limits", "memory") * count },
  };
}

/** One with scopes counts some pods only, and which those are is for the API server to tell. */
function countsAll({ spec }: Live): boolean {
  const { scopes, scopeSelector } = (spec ?? {}) as { scopes?: unknown[]; scopeSelector?: object };
  return scopes === undefined && scopeSelector === undefined;
}

function shortOf({ metadata, status }: Live, asked: Amounts): string[] {
  const { hard = {}, used = {} } = (status ?? {}) as { hard?: Record<string, string>; used?: Record<string, string> };
  return Object.entries(hard).flatMap(([what, most]) => {
    const wanted = asked[what];
    const free = (amount(most) ?? Number.POSITIVE_INFINITY) - (amount(used[what] ?? "0") ?? 0);
    // Sums of millicores are no whole numbers.
    if (wanted === undefined || wanted <= free + 1e-6) return [];
    return [
      `${shown(what, wanted)} of ${what}, and ${shown(what, Math.max(free, 0))} of ${most} in quota ${metadata.name} is free`,
    ];
  });
}

function shown(what: string, value: number): string {
  return what.endsWith("memory") ? `${Math.floor(value / 2 ** 20)}Mi` : String(Number(value.toFixed(3)));
}
