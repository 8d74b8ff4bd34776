import type * as pulumi from "@pulumi/pulumi";
import { type Member, placeOf } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import type { Link } from "../link.ts";
import { outside } from "../outside/outside.ts";
import type { PostgresArgs, PostgresExternalArgs } from "./args.ts";
import { port } from "./settings.ts";

/** The same to a replica, which only reads; none where there is no replica. Roles are still made where they can be. */
export function replicaLinks(links: { [database: string]: Link }, reads?: string): { [database: string]: Link } {
  if (reads === undefined) return {};
  const replica = ({ postgres, ...link }: Link): Link => ({
    ...link,
    role: "readOnly",
    postgres: { ...postgres!, reads },
  });
  return Object.fromEntries(Object.entries(links).map(([database, link]) => [database, replica(link)]));
}

/** One link for each database of a server that somebody else runs: nothing of it is in the cluster but what it is trusted by. */
export function externalLinks(
  me: Member,
  { databases, image }: PostgresArgs,
  external: PostgresExternalArgs,
  opts: pulumi.CustomResourceOptions,
): { [database: string]: Link } {
  const { host, cidrs, administrator, password, maintenance } = external;
  const trusted = frozenConfigMap(`${me.name}-settings`, me, { "ca.crt": external.authority }, opts);
  const { address: _, ...way } = outside({ host, port: external.port ?? port, cidrs });
  const link = (database: string): Link => ({
    ...way,
    kind: "postgres",
    name: me.name,
    environment: placeOf(me).environment,
    ready: trusted,
    postgres: {
      database,
      admin: password,
      administrator,
      maintenance,
      authority: { name: trusted, key: "ca.crt" },
      image,
      extensions: databases[database]?.extensions ?? [],
    },
  });
  return Object.fromEntries(Object.keys(databases).map((database) => [database, link(database)]));
}
