import type * as pulumi from "@pulumi/pulumi";
import { type Member, placeOf } from "../environment/member.ts";
import type { Link, PostgresPoolerLink } from "../link.ts";
import type { PostgresArgs } from "./args.ts";
import { port } from "./settings.ts";

/** What a running server offers to those who link to it. */
export interface Offer {
  me: Member;
  /** Name of the Service that leads to it. */
  host: string;
  /** Labels of its pods. */
  selector: { [label: string]: string };
  /** Name of the Secret that holds the superuser's password. */
  secret: pulumi.Output<string>;
  /** Name of the ConfigMap that holds the authority's certificate. */
  settings: pulumi.Output<string>;
  ready: pulumi.Output<string>;
}

/** One link for each database, by its name. */
export function databaseLinks({ databases, image }: PostgresArgs, offer: Offer): { [database: string]: Link } {
  const link = (database: string): Link => ({
    kind: "postgres",
    ...placeOf(offer.me),
    selector: offer.selector,
    host: offer.host,
    port,
    ready: offer.ready,
    postgres: {
      database,
      admin: { name: offer.secret, key: "password" },
      authority: { name: offer.settings, key: "ca.crt" },
      image,
      extensions: databases[database]?.extensions ?? [],
    },
  });
  return Object.fromEntries(Object.keys(databases).map((database) => [database, link(database)]));
}

/** The same through a pooler: the app's own connections, and no others. @param ready Known when it takes them. */
export function pooledLinks(
  links: { [database: string]: Link },
  pooler: PostgresPoolerLink | undefined,
  ready?: pulumi.Output<string>,
): { [database: string]: Link } {
  if (!pooler) return {};
  const pooled = ({ postgres, ...link }: Link): Link => ({
    ...link,
    ready: ready ?? link.ready,
    postgres: { ...postgres!, pooler },
  });
  return Object.fromEntries(Object.entries(links).map(([database, link]) => [database, pooled(link)]));
}
