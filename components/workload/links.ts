import * as pulumi from "@pulumi/pulumi";
import { Access } from "../access/access.ts";
import type { Granted } from "../access/retire.ts";
import type { Member } from "../environment/member.ts";
import type { ConfigMapKey, Link, SecretKey } from "../link.ts";
import { poolVariables } from "./poolVariables.ts";
import { declareWay } from "./way.ts";

/** What an app's links give it. */
export interface Linked {
  /** The variables' values for the app. */
  app: { [variable: string]: SecretKey };
  /** The same for its migrations: where there is a database, with a role that may change the schema. */
  migrator: { [variable: string]: SecretKey };
  authorities: { [variable: string]: ConfigMapKey };
  /** Addresses that hold no credentials. */
  variables: { [variable: string]: pulumi.Input<string> };
  /** The roles that it has in databases. */
  granted: Granted[];
  /** Known when everything linked to is ready. */
  ready: pulumi.Output<string>;
}

/** What alerts and pictures read of a workload's links, by variable. */
export function linksTold(links: { [variable: string]: Link } = {}): {
  [variable: string]: Pick<Link, "kind" | "name" | "port">;
} {
  return Object.fromEntries(
    Object.entries(links).map(([variable, { kind, name, port }]) => [variable, { kind, name, port }]),
  );
}

export function declareLinks(
  me: Member,
  links: { [variable: string]: Link },
  opts: pulumi.ComponentResourceOptions,
): Linked {
  const linked: Linked = {
    app: {},
    migrator: {},
    authorities: {},
    variables: {},
    granted: [],
    ready: pulumi.output(""),
  };
  const ready: pulumi.Input<string>[] = [];
  for (const [variable, link] of Object.entries(links)) {
    declareWay(me, roleOf(variable), link, opts);
    ready.push(link.ready, declareAddress(me, variable, link, linked, opts));
  }
  linked.ready = pulumi.all(ready).apply(() => Object.keys(links).join(" ") || "nothing");
  return linked;
}

/** Of what a variable leads to, in the names of its resources. */
function roleOf(variable: string): string {
  return variable.toLowerCase().replaceAll("_", "-");
}

function declareAddress(
  me: Member,
  variable: string,
  link: Link,
  linked: Linked,
  opts: pulumi.ComponentResourceOptions,
) {
  Object.assign(linked.variables, link.variables, poolVariables(variable, link));
  Object.assign(linked.app, link.secrets);
  Object.assign(linked.migrator, link.secrets);
  if (link.postgres) {
    const access = new Access(`${me.name}-${roleOf(variable)}`, me, variable, link, link.postgres, opts);
    linked.app[variable] = link.postgres.owns ? access.migrator : access.app;
    linked.migrator[variable] = access.migrator;
    linked.authorities[variable] = link.postgres.authority;
    linked.granted.push(access.granted);
    return access.granted.ready;
  }
  if (link.secret) {
    linked.app[variable] = link.secret;
    linked.migrator[variable] = link.secret;
  } else linked.variables[variable] = link.address!;
  return link.ready;
}
