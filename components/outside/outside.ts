import { isIP } from "node:net";
import type { Link } from "../link.ts";
import type { OutsideArgs } from "./args.ts";
import { outsideShape } from "./shape.ts";

/**
 * A link to what stands outside the cluster. An app that takes it may reach its port there, and nothing else of the
 * internet; the variable holds its address. Where the app's `secrets` have the same variable, that one holds the address
 * instead, with its credentials, and the link opens the way alone.
 *
 * Network policies know no names: without `cidrs`, the way is open to this port of every public address, and to no
 * private, link-local or metadata address.
 *
 * @example
 * ```ts
 * import * as palier from "palier";
 *
 * const stripe = palier.outside({ host: "api.stripe.com" });
 * const mail = palier.outside({ host: "smtp.example.com", port: 465, scheme: "smtps", cidrs: ["198.51.100.0/28"] });
 * ```
 */
export function outside(args: OutsideArgs): Link {
  outsideShape("outside", args);
  const { host, port = 443, scheme = "https" } = args;
  const version = isIP(host);
  const own = version === 0 ? undefined : [`${host}/${version === 4 ? 32 : 128}`];
  const name = version === 6 ? `[${host}]` : host;
  const usual = { https: 443, http: 80 }[scheme];
  return {
    kind: "outside",
    name: host,
    host,
    port,
    ready: host,
    address: `${scheme}://${name}${port === usual ? "" : `:${port}`}`,
    outside: { cidrs: args.cidrs ?? own },
  };
}
