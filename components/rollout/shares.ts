import type { Cluster, Live, PatchStep } from "../../core/cluster/cluster.ts";
import { releaseAnnotation } from "../../core/labels.ts";
import { manager, type Release } from "./release.ts";

/** Percent of the requests that come by the edge, by the Service which gets them. */
export type Shares = Record<string, number>;

/** How the edge leads to an app's releases, and how the engine has committed it to. */
export interface Weights {
  shares: Shares;
  /** To the app's own where the engine has said nothing. */
  committed: Shares;
}

/** Undefined where nothing weighs: no such edge, not made yet, or it leads to somebody else's Service, as in maintenance. */
export async function weightsOf(cluster: Cluster, { app, weighed }: Release): Promise<Weights | undefined> {
  const live = weighed && (await cluster.get(weighed.kind, weighed.name));
  const shares = live && sharesOf(live, app);
  return shares && { shares, committed: sharesSaid(live.metadata.annotations?.[releaseAnnotation] ?? app) };
}

/** Shares as an annotation says them: `api-a1b2c3d4`, or `api-a1b2c3d4=90,api-b2c3d4e5=10`. */
function sharesSaid(text: string): Shares {
  return Object.fromEntries(
    text.split(",").map((one) => {
      const [service, share = "100"] = one.split("=");
      return [service, Number(share)];
    }),
  );
}

/** How an object leads to an app's releases; undefined where it leads to none, or to somebody else. */
export function sharesOf(live: Live, app: string): Shares | undefined {
  const [first] = listsOf(live);
  const shares = first && sharesIn(first.entries);
  return shares && Object.keys(shares).every((service) => isOf(app, service)) ? shares : undefined;
}

/** Leads the requests otherwise, unless somebody else has done so meanwhile: then it is false, and nothing was done. */
export async function lead(cluster: Cluster, { weighed }: Release, from: Shares, to: Shares): Promise<boolean> {
  const live = weighed && (await cluster.get(weighed.kind, weighed.name));
  if (!live) return false;
  const lists = listsOf(live);
  if (!lists.every(({ entries }) => isSame(sharesIn(entries), from))) return false;
  const steps = lists.flatMap(({ path, entries }): PatchStep[] => [
    { op: "test", path, value: entries },
    { op: "replace", path, value: entriesFor(entries[0]!, to) },
  ]);
  return cluster.patch(weighed.kind, weighed.name, steps, manager);
}

export function isSame(one: Shares, other: Shares): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => Math.abs((one[name] ?? 0) - (other[name] ?? 0)) < 0.01);
}

interface Entry {
  name: string;
  weight?: number;
  [field: string]: unknown;
}

/** Where Services stand in an HTTPRoute, once for each rule that leads to any, or in a TraefikService. */
function listsOf({ spec }: Live): { path: string; entries: Entry[] }[] {
  const weighted: Entry[] | undefined = spec?.weighted?.services;
  if (weighted) return [{ path: "/spec/weighted/services", entries: weighted }];
  const rules: { backendRefs?: Entry[] }[] = spec?.rules ?? [];
  return rules.flatMap(({ backendRefs: entries = [] }, index) =>
    entries.length === 0 ? [] : [{ path: `/spec/rules/${index}/backendRefs`, entries }],
  );
}

function sharesIn(entries: Entry[]): Shares {
  const all = entries.reduce((sum, { weight = 1 }) => sum + weight, 0) || 1;
  const shares: Shares = {};
  for (const { name, weight = 1 } of entries) shares[name] = (shares[name] ?? 0) + (100 * weight) / all;
  return shares;
}

function entriesFor(like: Entry, shares: Shares): Entry[] {
  return Object.entries(shares)
    .filter(([, share]) => share > 0)
    .map(([name, weight]) => ({ ...like, name, weight }));
}

/** The app's own Service, or that of one of its releases. */
function isOf(app: string, service: string): boolean {
  return service === app || (service.startsWith(`${app}-`) && /^[0-9a-f]{8}$/.test(service.slice(app.length + 1)));
}
