import { configuration } from "./configuration.ts";
import { data } from "./data.ts";
import type { Prohibition } from "./deviation.ts";
import { network } from "./network.ts";
import { releases } from "./releases.ts";
import { secrets } from "./secrets.ts";
import { workloads } from "./workloads.ts";

/** What the five systems forbid, each with a stack that does it, by the demands' own numbers. */
export const prohibitions: readonly Prohibition[] = [
  ...configuration,
  ...data,
  ...network,
  ...releases,
  ...secrets,
  ...workloads,
].sort((a, b) => (a.demand < b.demand ? -1 : 1));
