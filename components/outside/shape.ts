import { isIP } from "node:net";
import { ArgumentError, shown } from "../argument.ts";
import { type Check, cidr, pattern, whole } from "../check.ts";
import { list, only, optional } from "../shape.ts";
import type { OutsideArgs } from "./args.ts";

const label = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

const dnsName = pattern(
  new RegExp(`^(?=.{1,253}$)${label}(\\.${label})*$`),
  "a DNS name such as api.stripe.com, in lower case and without scheme, port and path, or an IP address",
);

/** The cluster's DNS answers these itself, with addresses that no declared range is meant for. */
const inCluster = /^[^.]+$|(^|\.)(localhost|svc)$|\.svc\.|\.cluster\.local$/;

/** A name or an address beyond the cluster. */
export const host: Check = (path, value) => {
  if (typeof value === "string" && isIP(value) !== 0 && !value.includes("%")) return;
  dnsName(path, value);
  const name = value as string;
  if (inCluster.test(name)) {
    throw new ArgumentError(path, `${shown(name)} is a name of the cluster's own; link to the component instead`);
  }
  if (/\.\d+$/.test(name)) throw new ArgumentError(path, `${shown(name)} is neither a DNS name nor an IP address`);
};

export const outsideShape = only<OutsideArgs>({
  host,
  port: optional(whole(1, 65535)),
  cidrs: optional(list(cidr, 1)),
  scheme: optional(pattern(/^[a-z][-+.a-z0-9]{0,31}$/, "the scheme of an address such as https or smtps")),
});
