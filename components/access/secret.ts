import { createHmac } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { databaseAnnotation } from "../../core/labels.ts";
import { annotated, type Member } from "../environment/member.ts";
import { frozenSecret } from "../frozen.ts";
import type { Link, PostgresLink } from "../link.ts";
import { rotationDay } from "../secrets/rotationDay.ts";
import { first } from "../secrets/source.ts";
import { authorityFile } from "../wiring.ts";
import type { Roles } from "./roles.ts";

/** The passwords of a link's roles, and the addresses made with them: one for the app, one for its migrations. */
export function accessSecret(
  { me, name, variable, link, postgres, roles }: AccessTo,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { rotate = first } = link;
  const end = rotate === first ? "" : `-${rotate}`;
  const password = (of: "app" | "migrator", role: string) =>
    passwordOf(
      role,
      new random.RandomPassword(`${name}-${of}-password${end}`, { length: 32, special: false }, opts).result,
    );
  const reads = postgres.reads ?? link.host;
  const address = (role: string, password: pulumi.Output<string>, host: pulumi.Input<string> = reads) =>
    pulumi.interpolate`postgres://${role}:${password}@${host}:${link.port}/${postgres.database}?sslmode=verify-full&sslrootcert=${authorityFile(variable)}`;
  const app = password("app", roles.login);
  const stringData = { "app-password": app, "app-url": address(roles.login, app, postgres.pooler?.host) };
  if (roles.migrator) {
    const migrator = password("migrator", roles.migrator);
    Object.assign(stringData, { "migrator-password": migrator, "migrator-url": address(roles.migrator, migrator) });
  }
  const which = pulumi.interpolate`${link.host}/${postgres.database}`;
  const annotations = { ...rotationDay([rotate]), [databaseAnnotation]: which };
  return frozenSecret(`${name}-secret`, annotated(me, annotations), stringData, opts);
}

/**
 * A role's own, from what was generated for the link. A link that leads elsewhere doesn't give the former role's password
 * on, and one that leads back again, as after a release that failed, finds it unchanged in the pods that still run.
 */
function passwordOf(role: string, generated: pulumi.Output<string>): pulumi.Output<string> {
  return generated.apply((key) => createHmac("sha256", key).update(role).digest("base64url"));
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
