/** Where the flags are mounted: a folder, since a mounted file alone would never be updated. */
export const flagsFolder = "/etc/palier/flags";

type Flags = { [flag: string]: boolean };

/** The flags as files: plain, and as flagd defines them, for OpenFeature's providers. */
export function flagFiles(flags: Flags): { [file: string]: string } {
  const defined = Object.entries(flags).map(([flag, on]) => [
    flag,
    { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: on ? "on" : "off" },
  ]);
  const flagd = { $schema: "https://flagd.dev/schema/v0/flags.json", flags: Object.fromEntries(defined) };
  return { "flags.json": json(flags), "flagd.json": json(flagd) };
}

/** Where the process finds them; what OpenFeature's flagd provider reads, where there are any. */
export function flagVariables(flags: Flags = {}): { [variable: string]: string } {
  const plain = { FEATURE_FLAGS_FILE: `${flagsFolder}/flags.json` };
  if (Object.keys(flags).length === 0) return plain;
  return { ...plain, FLAGD_RESOLVER: "in-process", FLAGD_OFFLINE_FLAG_SOURCE_PATH: `${flagsFolder}/flagd.json` };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
