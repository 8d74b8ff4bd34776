import type { Member } from "../environment/member.ts";
import type { Link, SecretKey } from "../link.ts";
import type { OutsideArgs } from "./args.ts";
import { outside } from "./outside.ts";

/** A link to a store that somebody else runs, whose whole address with its credentials stands in a Secret. */
export function externalLink(
  kind: string,
  { name, system, stage, namespace }: Member,
  at: OutsideArgs,
  secret: SecretKey,
): Link {
  const { address: _, ...way } = outside(at);
  return { ...way, kind, name, environment: { system, stage, namespace }, secret };
}
