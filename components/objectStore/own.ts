import { type Stage, stageOf } from "../../core/stage.ts";
import { ArgumentError, shown } from "../argument.ts";
import type { Link } from "../link.ts";

/** Refuses a name that speaks of another environment: none writes where another one's objects are. */
export function checkOwnName(path: string, value: string, stage: Stage): void {
  const other = value.split(/[^a-z0-9]+/i).find((word) => meantBy(word) !== undefined && meantBy(word) !== stage);
  if (other === undefined) return;
  const reason = `${shown(value)} names ${meantBy(other)}, and this is ${stage}; give each environment its own`;
  throw new ArgumentError(path, reason);
}

/** Refuses an endpoint that is known to take credentials in clear. */
export function checkEncrypted(path: string, { address }: Link): void {
  if (typeof address !== "string" || address.startsWith("https:")) return;
  throw new ArgumentError(path, `${shown(address)} sends the credentials in clear; give one with https`);
}

/** Words of names that mean an environment for sure; `local` and `preview` mean other things too. */
function meantBy(word: string): Stage | undefined {
  return /^(dev|development|staging|preprod|prod|production)$/i.test(word) ? stageOf(word) : undefined;
}
