import { ArgumentError, below } from "../argument.ts";
import type { EdgeArgs } from "../edge/args.ts";
import type { CheckedEdge } from "../edge/checkEdge.ts";
import { ways } from "../edge/ways.ts";
import { shortestInterval } from "../rollout/engine/flaggerCanary.ts";
import { type EngineName, engines } from "../rollout/engine/name.ts";
import type { AppArgs } from "./args.ts";

type Asked = Pick<AppArgs, "rollout" | "nodePort" | "afterRelease" | "migrate">;

/** Refuses what another engine can't do, and says what can. */
export function refuseEngine(path: string, engine: EngineName, args: Asked, edge: CheckedEdge | undefined): void {
  const { rollout = {} } = args;
  const { title } = engines[engine];
  const refuse = (at: string, why: string) => {
    throw new ArgumentError(below(path, at), `${title} ${why}`);
  };
  if (rollout.canary?.analysis && !rollout.canary.analysis.prometheus) {
    const why = "measures no requests itself; give prometheus, or leave engine out: the update then asks the pods";
    refuse("rollout.canary.analysis", why);
  }
  if (rollout.canary && edge?.args.maintenance) {
    refuse("edge.maintenance", "leads the requests of a canary itself, and knows of no page; leave out one of both");
  }
  if (engine === "flagger") refuseFlagger(refuse, args, edge);
}

type Refuse = (at: string, why: string) => void;

/** By the sources of Flagger 1.41. */
function refuseFlagger(refuse: Refuse, { rollout = {}, nodePort, afterRelease, migrate }: Asked, edge?: CheckedEdge) {
  const { canary, blueGreen } = rollout;
  if (!canary && !blueGreen) {
    refuse("rollout.rolling", "can't replace pods a few at a time; give blueGreen or canary, or leave engine out");
  }
  const [strategy, own] = canary ? (["canary", canary] as const) : (["blueGreen", blueGreen!] as const);
  for (const key of ["smoke", "smokeSeconds"] as const) {
    const why = "asks no path by itself, but for a load tester's webhook; leave it out, or take argoRollouts";
    if (own[key] !== undefined) refuse(`rollout.${strategy}.${key}`, why);
  }
  refuseSteps(refuse, canary?.steps ?? []);
  if (nodePort !== undefined) refuse("nodePort", "makes the Service, with no port of the node; give edge in its place");
  if (Object.keys(afterRelease ?? {}).length > 0) {
    refuse("afterRelease", "goes on after the update has ended; leave it out, or take argoRollouts");
  }
  if (migrate?.phase === "contract") {
    refuse("migrate.phase", "lets the old version serve after the update has ended; contract with another engine");
  }
  if (edge) refuseEdge(refuse, edge, canary !== undefined);
}

function refuseSteps(refuse: Refuse, steps: { seconds: number }[]): void {
  const [first] = steps;
  for (const [index, { seconds }] of steps.entries()) {
    const at = `rollout.canary.steps[${index}].seconds`;
    if (seconds < shortestInterval) refuse(at, `looks every ${shortestInterval} s at most; give that or more`);
    if (seconds !== first!.seconds)
      refuse(at, `holds every share for as long; give ${first!.seconds}, as in the first`);
  }
}

/** What an HTTPRoute of Flagger's own has not, and its TraefikService. */
const lost: Readonly<Record<keyof typeof ways, readonly (keyof EdgeArgs)[]>> = {
  traefik: ["timeoutSeconds"],
  traefikGateway: ["cors", "rateLimitPerMinute", "compress", "bodySize", "rewrites", "redirects", "basicAuth"],
  envoy: ["cors", "rewrites", "redirects", "basicAuth", "oidc"],
  haproxy: [],
};

function refuseEdge(refuse: Refuse, { args, controller: { way } }: CheckedEdge, weighed: boolean): void {
  // Of a Service too, which Traefik's Ingress reads the time from.
  for (const feature of weighed || way === "traefik" ? lost[way] : []) {
    if (args[feature] === undefined || args[feature] === false) continue;
    const why = `makes what leads to the app itself, by ${ways[way].title} without this; leave it out, or take argoRollouts`;
    refuse(`edge.${feature}`, why);
  }
}
