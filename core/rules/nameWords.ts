import { perName } from "./perName.ts";

/** The words of a name in capitals, however it is written: `jwtSecret`, `jwt.secret` and `JWT_SECRET` are the same. */
export const nameWords = perName((name): readonly string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== ""),
);

/** Values by which people switch something off. */
export function isOff(value: string): boolean {
  return /^(|0|f|false|n|no|off|none|null|nil|undefined|disabled?)$/i.test(value.trim());
}
