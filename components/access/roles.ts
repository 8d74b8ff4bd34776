import { createHash } from "node:crypto";
import { first } from "../secrets/source.ts";
import { granted, type Right } from "./rights.ts";

/** The roles of one link to one database. */
export interface Roles {
  /** Owns the tables; nobody logs in as it, so that any app's migrations may change them. */
  owner: string;
  /** Reads and writes rows. */
  app: string;
  /** What the app logs in as: of the first rotation `app` itself, of another one a role that acts as it. */
  login: string;
  /** Acts as the owner; only who writes has one. */
  migrator?: string;
  right: Right;
}

/**
 * A link's roles are its own: two links never set each other's password, and a link that leads elsewhere from now on
 * leaves the pods that still run the role that they know. So does a rotation: the logins of two are two roles. No part of
 * a name holds a dot.
 */
export function rolesOf(
  app: string,
  database: string,
  variable: string,
  rotation: string,
  right: Right = "readWrite",
): Roles {
  const end = ends[right];
  // Of another right it is another role: what still runs keeps its own until it has ended.
  const role = `${shortened(`${app}.${database}.${variable.toLowerCase()}`, longest - end.length)}${end}`;
  const login = rotation === first ? role : `${role}.${digest(rotation, 8)}`;
  const own = granted[right].migrates ? { migrator: `${role}${migrator}` } : {};
  return { owner: `${database}_owner`, app: role, login, ...own, right };
}

const ends: Readonly<Record<Right, string>> = { readWrite: "", readOnly: ".reader", monitor: ".monitor" };

const migrator = ".migrator";
/** Postgres cuts what is longer, and two names may then be one. */
const longest = 63 - migrator.length;

function shortened(role: string, most: number): string {
  if (role.length <= most) return role;
  const mark = `~${digest(role, 12)}`;
  return `${role.slice(0, most - mark.length)}${mark}`;
}

/** Of a name, never of a secret. */
function digest(name: string, length: number): string {
  return createHash("sha256").update(name).digest("hex").slice(0, length);
}
