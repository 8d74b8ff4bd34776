import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import type { Link, PostgresLink } from "../link.ts";
import { authorityFile } from "../wiring.ts";
import type { Roles } from "./roles.ts";

/** The passwords of an app's roles, and the addresses made with them: one for the app, one for its migrations. */
export function accessSecret(
  { me, name, variable, link, postgres, roles }: AccessTo,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const password = (role: string) =>
    new random.RandomPassword(`${name}-${role}-password`, { length: 32, special: false }, opts).result;
  const address = (role: string, password: pulumi.Output<string>) =>
    pulumi.interpolate`postgres://${role}:${password}@${link.host}:${link.port}/${postgres.database}?sslmode=verify-full&sslrootcert=${authorityFile(variable)}`;
  const app = password("app");
  const migrator = password("migrator");
  const stringData = {
    "app-password": app,
    "app-url": address(roles.app, app),
    "migrator-password": migrator,
    "migrator-url": address(roles.migrator, migrator),
  };
  return frozenSecret(`${name}-secret`, me, stringData, opts);
}

/** One app's way into one database. */
export interface AccessTo {
  me: Member;
  /** Name of the access: the app's, and the variable's. */
  name: string;
  /** The variable that holds the address. */
  variable: string;
  link: Link;
  postgres: PostgresLink;
  roles: Roles;
}
