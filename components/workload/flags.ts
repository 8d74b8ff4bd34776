import type { WorkloadArgs } from "./args.ts";
import type { FlagShareArgs } from "./flagArgs.ts";

/** Where the flags are mounted: a folder, since a mounted file alone would never be updated. */
export const flagsFolder = "/etc/palier/flags";

/** Those that are on or off, and those that are on for some. */
type Flags = Pick<WorkloadArgs, "featureFlags" | "flagShares">;

/** The flags as files: plain, and as flagd defines them, for OpenFeature's providers. */
export function flagFiles({ featureFlags = {}, flagShares = {} }: Flags): { [file: string]: string } {
  const shared = Object.entries(flagShares).map(([flag, share]) => [
    flag,
    { ...defined(false), targeting: targeting(share) },
  ]);
  const all = [...Object.entries(featureFlags).map(([flag, on]) => [flag, defined(on)]), ...shared];
  const plain = { ...Object.fromEntries(shared.map(([flag]) => [flag, false])), ...featureFlags };
  const flagd = { $schema: "https://flagd.dev/schema/v0/flags.json", flags: Object.fromEntries(all) };
  return { "flags.json": json(plain), "flagd.json": json(flagd) };
}

function defined(on: boolean): object {
  return { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: on ? "on" : "off" };
}

/**
 * By the flag's own name and the key, so that not always the same few are the first.
 *
 * @see https://flagd.dev/reference/custom-operations/fractional-operation/
 */
function targeting({ percent = 0, keys = [] }: FlagShareArgs): object {
  const share = {
    fractional: [
      { cat: [{ var: "$flagd.flagKey" }, { var: "targetingKey" }] },
      ["on", percent],
      ["off", 100 - percent],
    ],
  };
  return keys.length === 0 ? share : { if: [{ in: [{ var: "targetingKey" }, keys] }, "on", share] };
}

/** Where the process finds them; what OpenFeature's flagd provider reads, where there are any. */
export function flagVariables({ featureFlags, flagShares }: Flags): { [variable: string]: string } {
  const plain = { FEATURE_FLAGS_FILE: `${flagsFolder}/flags.json` };
  if (Object.keys({ ...featureFlags, ...flagShares }).length === 0) return plain;
  return { ...plain, FLAGD_RESOLVER: "in-process", FLAGD_OFFLINE_FLAG_SOURCE_PATH: `${flagsFolder}/flagd.json` };
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
