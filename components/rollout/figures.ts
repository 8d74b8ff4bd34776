import { seconds } from "../slo/duration.ts";
import type { AnalysisArgs } from "./canaryArgs.ts";

/** What was measured of a release under a share of the traffic, as far as it was. */
export interface Figures {
  errorPercent?: number;
  latencySeconds?: number;
  /** Of what, where it was counted here. */
  answers?: number;
  /** The last answer that was not well, or what the query came to. */
  last?: string;
}

/** What is beyond its bound, in words; undefined where nothing is. */
export function beyond(figures: Figures, bounds: AnalysisArgs): string | undefined {
  const { errorPercent, latencySeconds, last } = figures;
  const told = last === undefined ? "" : `: ${last}`;
  if (errorPercent !== undefined && bounds.errorPercent !== undefined && errorPercent > bounds.errorPercent)
    return `${errors(figures, bounds)}${told}`;
  if (latencySeconds !== undefined && bounds.latency !== undefined && latencySeconds > seconds(bounds.latency)!)
    return `${slowness(figures, bounds)}${told}`;
  return undefined;
}

/** The figures against their bounds. */
export function compared(figures: Figures, bounds: AnalysisArgs): string {
  const parts = [
    ...(bounds.errorPercent === undefined ? [] : [errors(figures, bounds)]),
    ...(bounds.latency === undefined ? [] : [slowness(figures, bounds)]),
  ];
  return parts.join(", ");
}

function errors({ errorPercent, answers }: Figures, bounds: AnalysisArgs): string {
  const of = answers === undefined ? "requests" : `${answers} answers`;
  const share = errorPercent === undefined ? "? %" : `${Number(errorPercent.toFixed(2))} %`;
  return `${share} of ${of} failed (${bounds.errorPercent} % at most)`;
}

function slowness({ latencySeconds }: Figures, { latency }: AnalysisArgs): string {
  const took = latencySeconds === undefined ? "?" : `${Math.round(latencySeconds * 1000)} ms`;
  return `95 % within ${took} (${latency} at most)`;
}
