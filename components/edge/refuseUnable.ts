import { ArgumentError, below } from "../argument.ts";
import type { EdgeArgs } from "./args.ts";
import { capabilities, type Feature } from "./capabilities.ts";
import { answerHeaders } from "./headers.ts";
import { hostsOf, pathsOf } from "./settings.ts";
import { type WayName, wayNames, ways } from "./ways.ts";

/** Refuses what the environment's controller can't do, and says which can. */
export function refuseUnable(path: string, args: EdgeArgs, way: WayName): void {
  for (const feature of Object.keys(capabilities) as Feature[]) {
    const { can, how } = capabilities[feature][way];
    if (can || !isAsked(args[feature])) continue;
    const able = wayNames.filter((other) => capabilities[feature][other].can).map((other) => ways[other].title);
    const reason = `${ways[way].title} can't: ${how}; leave it out, or have one of ${able.join(", ")} at the edge`;
    throw new ArgumentError(below(path, feature), reason);
  }
  if (ways[way].api === "gateway") checkNumbers(path, args);
  if (way === "envoy" && args.webSockets && args.bodySize !== undefined) {
    const reason =
      "Envoy lets no WebSocket through where it holds requests until they are whole; leave out one of both";
    throw new ArgumentError(below(path, "webSockets"), reason);
  }
}

/** What an HTTPRoute has room for. */
const most = 16;

function checkNumbers(path: string, args: EdgeArgs): void {
  const { rewrites = {}, redirects = {}, headers } = args;
  const counts = {
    otherHosts: [hostsOf(args).length, "hosts"],
    paths: [[pathsOf(args), rewrites, redirects].flatMap(Object.keys).length, "paths in all"],
    headers: [Object.keys(answerHeaders(headers, true)).length, "headers, with the usual"],
  } as const;
  for (const [key, [count, what]] of Object.entries(counts)) {
    const reason = `${count} ${what} are more than the ${most} that an HTTPRoute has room for; give fewer`;
    if (count > most) throw new ArgumentError(below(path, key), reason);
  }
}

function isAsked(value: unknown): boolean {
  if (value === undefined || value === false) return false;
  return typeof value !== "object" || Object.keys(value as object).length > 0;
}
