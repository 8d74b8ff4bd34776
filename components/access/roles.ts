import { createHash } from "node:crypto";

/** The roles of one link to one database. */
export interface Roles {
  /** Owns the tables; nobody logs in as it, so that any app's migrations may change them. */
  owner: string;
  /** Reads and writes rows. */
  app: string;
  /** Acts as the owner. */
  migrator: string;
}

/**
 * A link's roles are its own: two links never set each other's password, and a link that leads elsewhere from now on
 * leaves the pods that still run the role that they know. No part of the name holds a dot.
 */
export function rolesOf(app: string, database: string, variable: string): Roles {
  const role = shortened(`${app}.${database}.${variable.toLowerCase()}`);
  return { owner: `${database}_owner`, app: role, migrator: `${role}${migrator}` };
}

const migrator = ".migrator";
/** Postgres cuts what is longer, and two names may then be one. */
const longest = 63 - migrator.length;

function shortened(role: string): string {
  if (role.length <= longest) return role;
  const mark = `~${createHash("sha256").update(role).digest("hex").slice(0, 12)}`;
  return `${role.slice(0, longest - mark.length)}${mark}`;
}
