import type { Place } from "./place.ts";

/** The names that have to lead to the cluster, for whoever keeps the domain. */
export function dnsRecords({ rendered, addresses }: Place): string | undefined {
  const hosts = addresses.map(({ app, url }) => ({ app, name: new URL(url).hostname }));
  const told = hosts.filter(({ name }) => name.includes(".") && !/^\d+(\.\d+){3}$/.test(name));
  if (told.length === 0) return undefined;
  const records = told.map(({ app, name }) => ({
    name,
    type: "A or AAAA for an IP address; CNAME for a name, which the domain itself can't have",
    to: "the address at which the world reaches the cluster's controller",
    for: app,
  }));
  return `${JSON.stringify({ environment: rendered.stage, records }, undefined, 2)}\n`;
}
