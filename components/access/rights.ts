/** What a link's role may do in its database. */
export const rights = ["readWrite", "readOnly", "monitor"] as const;

export type Right = (typeof rights)[number];

/** What is granted of the owner's tables and sequences, and whether there is a role for migrations. */
export const granted: Readonly<Record<Right, { tables: string; sequences: string; migrates: boolean }>> = {
  readWrite: { tables: "SELECT, INSERT, UPDATE, DELETE", sequences: "USAGE, SELECT", migrates: true },
  readOnly: { tables: "SELECT", sequences: "SELECT", migrates: false },
  monitor: { tables: "", sequences: "", migrates: false },
};
