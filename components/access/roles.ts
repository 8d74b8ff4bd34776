/** The roles of one app in one database. */
export interface Roles {
  /** Owns the tables; nobody logs in as it, so that any app's migrations may change them. */
  owner: string;
  /** Reads and writes rows. */
  app: string;
  /** Acts as the owner. */
  migrator: string;
}

export function rolesOf(app: string, database: string): Roles {
  const role = app.replaceAll("-", "_");
  return { owner: `${database}_owner`, app: role, migrator: `${role}_migrator` };
}
