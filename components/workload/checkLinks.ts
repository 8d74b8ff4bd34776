import { poolVariable } from "../../core/poolVariable.ts";
import { ArgumentError, below } from "../argument.ts";
import { checkEnvironment } from "../checkEnvironment.ts";
import type { Member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import type { WorkloadArgs } from "./args.ts";
import { poolVariables } from "./poolVariables.ts";
import { checkTelemetry } from "./telemetry.ts";

/** The Job that makes a link's roles: its pods carry its name as a label, of 63 characters at most. */
const longestAccess = 63 - "-job-1a2b3c4d".length;

/**
 * Refuses links that can't be this workload's, and variables and flags that two arguments would set or that speak of another environment.
 *
 * @param path The component as errors name it: `App api`.
 */
export function checkLinks(path: string, me: Member, args: WorkloadArgs): void {
  for (const [variable, link] of Object.entries(args.links ?? {})) {
    const at = below(`${path}: links`, variable);
    if (link.postgres) checkJobName(at, `${me.name}-${variable}`.length);
    if (link.environment) checkEnvironment(at, link, link.environment, me);
    const mayNeedCredentials = link.outside && !link.secret && !link.postgres;
    setOnce(path, variable, `links.${variable}`, { ...args, ...(mayNeedCredentials ? { secrets: {} } : {}) });
  }
  checkBeside(path, args);
  checkPools(path, args);
  checkTelemetry(path, me, args);
  checkFlags(path, args);
}

function checkFlags(path: string, { featureFlags = {}, flagShares = {} }: WorkloadArgs): void {
  const twice = Object.keys(flagShares).find((flag) => Object.hasOwn(featureFlags, flag));
  if (twice === undefined) return;
  throw new ArgumentError(below(`${path}: flagShares`, twice), "is given in featureFlags too; give it once");
}

/** What goes with a link is set by nothing else: neither by another link nor by an argument. */
function checkBeside(path: string, args: WorkloadArgs): void {
  const set = new Map(Object.keys(args.links ?? {}).map((variable) => [variable, variable]));
  for (const [variable, link] of Object.entries(args.links ?? {})) {
    const told = Object.keys(poolVariables(variable, link));
    if (told.length < poolSettings(link)) {
      throw new ArgumentError(
        below(below(`${path}: links`, variable), "pool.names"),
        "gives two settings one variable",
      );
    }
    for (const beside of [...Object.keys({ ...link.variables, ...link.secrets }), ...told]) {
      const other = set.get(beside);
      if (other !== undefined) {
        const reason = `sets ${beside}, as links.${other} does; name it otherwise where the store is declared`;
        throw new ArgumentError(below(`${path}: links`, variable), reason);
      }
      set.set(beside, variable);
      setOnce(path, beside, `links.${variable}`, args);
    }
  }
}

/** How many settings of its pool a link tells. */
function poolSettings({ pool }: Link): number {
  if (!pool) return 0;
  return [pool.size, pool.overflow, pool.timeoutSeconds, pool.recycleSeconds].filter((one) => one !== undefined).length;
}

function checkPools(path: string, args: WorkloadArgs): void {
  const { links = {}, pools = {} } = args;
  for (const variable of Object.keys(pools)) {
    const at = below(`${path}: pools`, variable);
    if (!Object.hasOwn(links, variable)) {
      const known = Object.keys(links).join(", ") || "none";
      throw new ArgumentError(at, `no link has this variable; links: ${known}`);
    }
    const told = poolVariable(variable);
    const [by] = Object.entries(links).find(([of, link]) => Object.hasOwn(poolVariables(of, link), told)) ?? [];
    if (by) throw new ArgumentError(at, `sets ${told}, as links.${by}.pool does; leave one of them out`);
    const twin = Object.keys(pools).find((other) => other !== variable && poolVariable(other) === told);
    if (twin) throw new ArgumentError(at, `sets ${told}, as pools.${twin} does; leave one of them out`);
    setOnce(path, told, `pools.${variable}`, args);
  }
}

function checkJobName(path: string, length: number): void {
  if (length <= longestAccess) return;
  const reason = `with the app's name it has ${length} characters, and a Job's name has room for ${longestAccess}; shorten one of them`;
  throw new ArgumentError(path, reason);
}

function setOnce(path: string, variable: string, by: string, args: Pick<WorkloadArgs, "secrets" | "variables">): void {
  for (const other of ["secrets", "variables"] as const) {
    if (!Object.hasOwn(args[other] ?? {}, variable)) continue;
    throw new ArgumentError(below(`${path}: ${other}`, variable), `${by} sets it; leave one of them out`);
  }
}
