/** Where the flags are mounted: a folder, since a mounted file alone would never be updated. */
export const flagsFolder = "/etc/palier/flags";

/** Name of the file in it. */
export const flagsFile = "flags.json";

/** The flags as the process reads them. */
export function flagsJson(flags: { [flag: string]: boolean }): string {
  return `${JSON.stringify(flags, undefined, 2)}\n`;
}
