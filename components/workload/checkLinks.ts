import * as pulumi from "@pulumi/pulumi";
import { poolVariable } from "../../core/poolVariable.ts";
import { ArgumentError, below, short } from "../argument.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Member } from "../environment/member.ts";
import { meaningOf } from "../environment/stage.ts";
import type { Link } from "../link.ts";
import type { WorkloadArgs } from "./args.ts";

/** The Job that makes a link's roles: its pods carry its name as a label, of 63 characters at most. */
const longestAccess = 63 - "-job-1a2b3c4d".length;

/**
 * Refuses links that can't be this workload's, and variables that two arguments would set.
 *
 * @param path The component as errors name it: `App api`.
 */
export function checkLinks(path: string, me: Member, args: WorkloadArgs): void {
  for (const [variable, link] of Object.entries(args.links ?? {})) {
    const at = below(`${path}: links`, variable);
    if (link.postgres) checkJobName(at, `${me.name}-${variable}`.length);
    if (link.environment) checkEnvironment(at, link, link.environment, me);
    if (!link.outside) setOnce(path, variable, "secrets", args);
    setOnce(path, variable, "variables", args);
  }
  for (const variable of Object.keys(args.pools ?? {})) {
    if (!Object.hasOwn(args.links ?? {}, variable)) {
      const known = Object.keys(args.links ?? {}).join(", ") || "none";
      throw new ArgumentError(below(`${path}: pools`, variable), `no link has this variable; links: ${known}`);
    }
    const told = poolVariable(variable);
    if (Object.hasOwn(args.variables ?? {}, told)) {
      throw new ArgumentError(below(`${path}: variables`, told), `pools.${variable} sets it; leave one of them out`);
    }
  }
}

/** Namespaces that are known only later are compared then; what waits for the link waits for the answer. */
export function sameNamespace(variable: string, { name, environment }: Link, me: Member): pulumi.Output<string> {
  const namespaces = pulumi.all([environment?.namespace ?? me.namespace, me.namespace]);
  return namespaces.apply(([theirs, own]) => {
    if (theirs === own) return name;
    const reason = `leads to ${name} in the namespace ${theirs}, and ${me.name} runs in ${own}; link within one environment`;
    throw new ArgumentError(`${me.name}: links.${variable}`, reason);
  });
}

function checkJobName(path: string, length: number): void {
  if (length <= longestAccess) return;
  const reason = `with the app's name it has ${length} characters, and a Job's name has room for ${longestAccess}; shorten one of them`;
  throw new ArgumentError(path, reason);
}

function checkEnvironment(
  path: string,
  { name }: Link,
  { system, stage, namespace }: EnvironmentRef,
  me: Member,
): void {
  const theirs = `${system} ${meaningOf(`${path}.environment.stage`, stage)}`;
  const own = `${me.system} ${me.stage}`;
  const apart = typeof namespace === "string" && typeof me.namespace === "string" && namespace !== me.namespace;
  if (theirs === own && !apart) return;
  const places = apart ? [`${theirs} (${namespace})`, `${own} (${me.namespace})`] : [theirs, own];
  const reason = `leads to ${short(name)} of ${places[0]}, and ${me.name} is of ${places[1]}; link within one environment`;
  throw new ArgumentError(path, reason);
}

function setOnce(path: string, variable: string, other: "secrets" | "variables", args: WorkloadArgs): void {
  if (!Object.hasOwn(args[other] ?? {}, variable)) return;
  throw new ArgumentError(below(`${path}: ${other}`, variable), `links.${variable} sets it; leave one of them out`);
}
