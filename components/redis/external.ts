import type { Member } from "../environment/member.ts";
import type { Link } from "../link.ts";
import { outside } from "../outside/outside.ts";
import type { RedisExternalArgs } from "./args.ts";
import { port } from "./settings.ts";

/** How to use a Redis that somebody else runs: by links of the same names as one in the cluster has. */
export interface RedisLinks {
  link: Link;
  links: { [user: string]: Link };
}

export function externalLinks({ name, system, stage, namespace }: Member, external: RedisExternalArgs): RedisLinks {
  const { address: _, ...way } = outside({
    host: external.host,
    port: external.port ?? port,
    cidrs: external.cidrs,
    scheme: "rediss",
  });
  const to = { ...way, kind: "redis", name, environment: { system, stage, namespace } };
  return {
    link: { ...to, secret: external.address },
    links: Object.fromEntries(Object.entries(external.users ?? {}).map(([user, secret]) => [user, { ...to, secret }])),
  };
}
