import type { Member } from "../environment/member.ts";
import type { Link, SecretKey } from "../link.ts";
import { externalLink } from "../outside/external.ts";
import type { RedisExternalArgs } from "./args.ts";
import { port } from "./settings.ts";

/** How to use a Redis: by links of the same names, wherever it runs. */
export interface RedisLinks {
  link: Link;
  links: { [user: string]: Link };
}

export function externalLinks(me: Member, external: RedisExternalArgs): RedisLinks {
  const at = { host: external.host, port: external.port ?? port, cidrs: external.cidrs };
  const to = (address: SecretKey) => externalLink("redis", me, at, address);
  const users = Object.entries(external.users ?? {}).map(([user, address]) => [user, to(address)]);
  return { link: to(external.address), links: Object.fromEntries(users) };
}
