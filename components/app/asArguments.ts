import { edgeArguments } from "../edge/asArguments.ts";
import type { CheckedEdge } from "../edge/checkEdge.ts";
import type { Member } from "../environment/member.ts";
import { sloSettings } from "../slo/settings.ts";
import { taskArguments } from "../task/settings.ts";
import { workerArguments } from "../worker/asArguments.ts";
import { replicaArguments, sharedArguments } from "../workload/asArguments.ts";
import type { AppArgs } from "./args.ts";
import { hookSettings } from "./hookSettings.ts";
import { processSettings } from "./processes.ts";
import { appSettings, shutdownSettings } from "./settings.ts";

/** What an app comes to, by its arguments' own names. */
export function appArguments(args: AppArgs, me: Member, edge?: CheckedEdge): object {
  const { port, health, rollout, ...own } = appSettings(args, me);
  const settings = processSettings(me, args);
  return {
    ...sharedArguments(args, me.stage),
    ...replicaArguments(args, own),
    port,
    health,
    rollout,
    edge: edge && edgeArguments(edge),
    shutdown: shutdownSettings(args.shutdown),
    slo: args.slo && sloSettings(args.slo),
    workers: each(args.workers, (worker, name) => workerArguments(worker, settings[name]!)),
    tasks: each(args.tasks, taskArguments),
    afterRelease: each(args.afterRelease, hookSettings),
  };
}

function each<One>(map: { [name: string]: One } = {}, of: (one: One, name: string) => object): object {
  return Object.fromEntries(Object.entries(map).map(([name, one]) => [name, of(one, name)]));
}
