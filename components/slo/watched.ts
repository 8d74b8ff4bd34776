import { rounded, seconds } from "./duration.ts";
import type { SloSettings } from "./settings.ts";

/** One app, as its series in Prometheus are told from others. */
export interface Watched {
  readonly name: string;
  readonly namespace: string;
  /** Paths that machines ask for: they would hide the users' errors among their own good answers. */
  readonly paths: readonly string[];
  readonly settings: SloSettings;
}

/** Share of the requests that may fail. */
export function errorBudget({ availability }: SloSettings): number {
  return rounded((100 - availability) / 100);
}

/** Share of the requests that may take longer. */
export const slowBudget = 0.05;

/** Its own labels, on all that is recorded of it. */
export function labelsOf({ name, namespace }: Watched): { namespace: string; app: string } {
  return { namespace, app: name };
}

/** A series that is recorded of this app, or told by its probe. */
export function of(app: Watched, series: string): string {
  return `${series}${selector(Object.entries(labelsOf(app)).map(([label, value]) => [label, "=", value]))}`;
}

/** A series that the app tells of its users' requests. */
export function told({ name, namespace, paths }: Watched, series: string, ...more: Matcher[]): string {
  return `${series}${selector([
    ["namespace", "=", namespace],
    ["job", "=", name],
    ["route", "!~", paths.map(literal).join("|")],
    ...more,
  ])}`;
}

/** A series that the node or kube-state-metrics tells of the containers that serve. */
export function ofContainers({ name, namespace }: Watched, series: string, ...more: Matcher[]): string {
  return `${series}${selector([
    ["namespace", "=", namespace],
    ["pod", "=~", `${name}-[0-9a-z]+-[0-9a-z]{5}`],
    ["container", "=", "app"],
    ...more,
  ])}`;
}

type Matcher = readonly [label: string, how: "=" | "!=" | "=~" | "!~", value: string];

/** A bucket by its bound, which some libraries write with a point: `2` and `2.0`. */
export function bucket(latency: string): Matcher {
  const bound = String(seconds(latency));
  return ["le", "=~", bound.includes(".") ? literal(bound) : `${bound}(\\.0)?`];
}

function selector(matchers: readonly Matcher[]): string {
  return `{${matchers.map(([label, how, value]) => `${label}${how}${JSON.stringify(value)}`).join(",")}}`;
}

/** Text that a regular expression takes as it is. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
