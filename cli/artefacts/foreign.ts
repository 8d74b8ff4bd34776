import { UsageError } from "../usage.ts";
import type { Place } from "./place.ts";

/** Refuses what is made for one environment and names a host of production's, where that is another. */
export function refuseForeign(what: string, text: string, of: Place, all: readonly Place[]): void {
  if (of.rendered.stage === "production") return;
  const own = new Set(hostsOf(of));
  const production = all.filter(({ rendered }) => rendered.stage === "production").flatMap(hostsOf);
  const found = production.find((host) => !own.has(host) && namesHost(text, host));
  if (found !== undefined) {
    throw new UsageError(`${what} of ${of.rendered.stack} would name ${found}, which is production's: give its own.`);
  }
}

function hostsOf({ addresses }: Place): string[] {
  return addresses.map(({ url }) => new URL(url).host);
}

/** As a whole: `staging.shop.example` does not name `shop.example`. */
export function namesHost(text: string, host: string): boolean {
  return new RegExp(`(?<![-.\\w])${host.replaceAll(".", "\\.")}(?![-\\w]|\\.\\w)`).test(text);
}
