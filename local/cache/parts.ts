import { existsSync } from "node:fs";
import { relative } from "node:path";
import type { Clone } from "../clone.ts";
import { cachedCluster } from "../cluster.ts";
import { debianRoot } from "../debian.ts";
import { cachedEngine, findEngine } from "../engine.ts";
import { builderPackages } from "../images/builder.ts";
import { layoutOf } from "../images/make.ts";
import { recipes } from "../images/recipes.ts";
import { cachedPlugins } from "../plugins.ts";

/** A file or folder of the cache that a start takes, stamped by its name with all that it is made of. */
export interface CachePart {
  /** Relative to the cache, such as `bin/coredns-1.12.1-f3bf05b0`. */
  path: string;
  /** The Debian packages that were asked for, where it is made of such. */
  packages?: string[];
  /** Without it a start has to build or fetch. Otherwise there are other ways: an engine on the PATH, a published image. */
  needed: boolean;
}

/** What a start from this clone takes from the cache. Node is not among it: whatever reads this runs on it already. */
export async function cacheParts(clone: Clone): Promise<CachePart[]> {
  const { cache } = clone;
  const { built, packages } = await cachedCluster(cache);
  const engine = await cachedEngine(clone);
  const ownEngine = existsSync(engine) || (await findEngine(clone)) === undefined;
  const programs = [...built, ...(ownEngine ? [engine] : [])];
  const images = await Promise.all(recipes.map((recipe) => layoutOf(cache, recipe)));
  const debian = (packages: string[], needed: boolean) => ({ path: debianRoot(cache, packages), packages, needed });
  const parts = [
    ...programs.map((path) => ({ path, needed: true })),
    ...[packages, builderPackages].map((packages) => debian(packages, true)),
    ...recipes.map(({ packages }) => debian(packages, false)),
    ...[...images, ...cachedPlugins(clone)].map((path) => ({ path, needed: false })),
  ];
  return parts.map((part) => ({ ...part, path: relative(cache, part.path) }));
}
