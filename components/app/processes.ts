import type * as pulumi from "@pulumi/pulumi";
import { processLabel } from "../../core/labels.ts";
import { ArgumentError } from "../argument.ts";
import { type Member, member } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import { declareTask } from "../task/cronJob.ts";
import { declareWorker, type WorkerSettings, workerSettings } from "../worker/deployment.ts";
import type { ProcessArgs } from "../workload/args.ts";
import type { Given } from "../workload/given.ts";
import { ofProcess } from "../workload/telemetry.ts";
import type { AppArgs, AppWorkerArgs } from "./args.ts";
import type { AppOverrides } from "./overrides.ts";

/** As long as an app's own name may be. */
const longest = 40;

/** What the workers of an app come to, checked before anything is declared. */
export function processSettings(me: Member, args: AppArgs): Record<string, WorkerSettings> {
  const { workers = {}, tasks = {}, afterRelease = {} } = args;
  for (const [map, processes] of Object.entries({ workers, tasks, afterRelease })) {
    for (const process of Object.keys(processes)) checkName(`App ${me.name}: ${map}.${process}`, me.name, process);
  }
  const twice = Object.keys(tasks).find((process) => Object.hasOwn(workers, process));
  if (twice !== undefined) {
    const reason = "is a worker and a task, and both would be named after it; give one of them another name";
    throw new ArgumentError(`App ${me.name}: tasks.${twice}`, reason);
  }
  const settings = (process: string, own: AppWorkerArgs) =>
    workerSettings(`App ${me.name}: workers.${process}`, own, me);
  return Object.fromEntries(Object.entries(workers).map(([process, own]) => [process, settings(process, own)]));
}

function checkName(path: string, app: string, process: string): void {
  const { length } = `${app}-${process}`;
  if (length <= longest) return;
  const reason = `with the app's name it has ${length} characters, and there is room for ${longest}; shorten one of them`;
  throw new ArgumentError(path, reason);
}

/** The other processes of the app's image: they share its links, secrets, flags and account, and wait for its migration. */
export function declareProcesses(
  given: Given,
  args: AppArgs,
  settings: Record<string, WorkerSettings>,
  overrides: AppOverrides,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const workers = Object.entries(args.workers ?? {}).map(([process, own]) => {
    const shared = processGiven(given, args, process, own, opts);
    return declareWorker(shared, own, settings[process]!, overrides.workers?.[process] ?? {}, opts);
  });
  const tasks = Object.entries(args.tasks ?? {}).map(([process, own]) => {
    const shared = processGiven(given, args, process, own, opts);
    return declareTask(shared, own, overrides.tasks?.[process] ?? {}, opts);
  });
  return [...workers, ...tasks];
}

/** What one of them is given: the app's, with a name and variables of its own, and no port. */
function processGiven(
  given: Given,
  { environment, workers = {} }: AppArgs,
  process: string,
  own: ProcessArgs & { command: string[] },
  opts: pulumi.CustomResourceOptions,
): Given {
  const app = given.me.name;
  const name = `${app}-${process}`;
  const one = member(name, Object.hasOwn(workers, process) ? "worker" : "task", environment);
  // The app's name, by which its network policies and those of what it links to find its pods.
  const part = { "app.kubernetes.io/name": app, [processLabel]: process };
  const labels = { ...one.labels, ...part };
  const me: Member = {
    ...one,
    labels,
    selector: { ...one.selector, ...part },
    metadata: (name) => ({ ...one.metadata(name), labels }),
  };
  const { PORT: _, WEBSOCKET_DRAIN_SECONDS: __, ...shared } = given.wiring.variables;
  const wiring = {
    ...given.wiring,
    variables: { ...shared, SERVICE_NAME: name, ...ofProcess(shared, name), ...own.variables },
  };
  const variables = frozenConfigMap(`${name}-variables`, me, wiring.variables, opts);
  return { ...given, me, wiring, variables, command: own.command };
}
