import { kindOf, shown, wrong } from "../argument.ts";
import type { Check } from "../check.ts";

const allowed = "a time zone of the IANA database as it is written there, such as Europe/Paris or Etc/UTC";

/** The cluster looks names up as they are written, `Intl` in any case, and takes offsets, which are no zones. */
export const timeZone: Check = (path, value) => {
  if (typeof value !== "string") throw wrong(path, kindOf(value), allowed);
  if (!isZone(value)) throw wrong(path, shown(value), allowed);
};

function isZone(name: string): boolean {
  if (!/^[A-Z][-+\w]*(\/[A-Z][-+\w]*)*$/.test(name)) return false;
  const known = Intl.supportedValuesOf("timeZone").find((zone) => zone.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known === name;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
