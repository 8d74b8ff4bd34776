import { ArgumentError, short } from "./argument.ts";
import type { EnvironmentRef } from "./environment/args.ts";
import type { Member } from "./environment/member.ts";
import { meaningOf } from "./environment/stage.ts";
import type { Link } from "./link.ts";

/**
 * Refuses a link of another environment than its user's. By the namespace only where both are known by now: an
 * environment's own is an output, and one of each name.
 */
export function checkEnvironment(
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
