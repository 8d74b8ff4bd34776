import type { CheckedEdge } from "../../edge/checkEdge.ts";
import { answerHeaders } from "../../edge/headers.ts";
import { objectName } from "../../edge/objects.ts";
import { hostsOf, pathsOf } from "../../edge/settings.ts";
import { seconds } from "../../slo/duration.ts";
import type { AnalysisArgs, AnalysisPrometheusArgs } from "../canaryArgs.ts";
import type { Rollout } from "../settings.ts";
import { addressOf } from "./analysisTemplates.ts";

interface About {
  app: string;
  port: number;
  rollout: Rollout;
  edge?: CheckedEdge;
  progressDeadlineSeconds: number;
  /** An autoscaler counts its pods. */
  scales: boolean;
}

/** It looks no more often. */
export const shortestInterval = 10;

/** Checks that may fail before all traffic goes back. */
const threshold = 2;

/**
 * What Flagger is told of the Deployment: it makes another, both Services and what leads to them by itself.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export function flaggerCanary({ app, port, rollout, edge, progressDeadlineSeconds, scales }: About): object {
  const autoscalerRef = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", name: app };
  return {
    provider: provider(rollout, edge),
    targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: app },
    ...(scales && { autoscalerRef }),
    progressDeadlineSeconds,
    service: { name: app, port, portName: "http", targetPort: "http", ...routed(app, rollout, edge) },
    analysis: { threshold, ...analysis(rollout), metrics: metrics(app, rollout.canary?.analysis) },
  };
}

/** By its own names. Without shares it needs nothing of the edge. */
function provider({ canary }: Rollout, edge: CheckedEdge | undefined): string {
  if (!canary) return "kubernetes";
  return edge?.controller.way === "traefik" ? "traefik" : "gatewayapi:v1";
}

function analysis({ canary, blueGreen }: Rollout): object {
  if (!canary) {
    const iterations = Math.max(1, Math.ceil((blueGreen?.bakeSeconds ?? 0) / shortestInterval));
    return { interval: `${shortestInterval}s`, iterations };
  }
  const [{ seconds: each } = { seconds: 0 }] = canary.steps;
  return {
    interval: `${Math.max(shortestInterval, each)}s`,
    stepWeights: canary.steps.map(({ weight }) => weight),
  };
}

/** Of the HTTPRoute that it makes in place of ours. */
function routed(app: string, { canary }: Rollout, edge: CheckedEdge | undefined): object {
  if (!canary || !edge || edge.controller.api !== "gateway") return {};
  const { args, tls } = edge;
  const listener = tls ? "https" : "http";
  const gatewayRefs = hostsOf(args).map((_host, index) => ({
    name: objectName(app),
    sectionName: `${listener}-${index}`,
  }));
  const set = answerHeaders(args.headers, tls !== undefined);
  const { timeoutSeconds } = args;
  return {
    gatewayRefs,
    hosts: hostsOf(args),
    match: pathsOf(args).map((prefix) => ({ uri: { prefix } })),
    headers: { response: { set } },
    ...(timeoutSeconds !== undefined && { timeout: `${timeoutSeconds}s` }),
  };
}

/** The queries that bound a release, by the end of the object's name. */
export function metricTemplates({ canary }: Rollout): Record<string, object> {
  const { prometheus } = canary?.analysis ?? {};
  if (!prometheus) return {};
  const queries = asked(prometheus);
  const templates = queries.map(([name, query]) => [
    name,
    {
      provider: { type: "prometheus", address: addressOf(prometheus) },
      query: query.replaceAll("{{release}}", hashes),
    },
  ]);
  return Object.fromEntries(templates);
}

function metrics(app: string, { prometheus, errorPercent, latency }: AnalysisArgs = {}): object[] {
  const most: Record<string, number | undefined> = {
    "error-percent": errorPercent,
    "latency-seconds": latency === undefined ? undefined : seconds(latency),
  };
  const queries = prometheus ? asked(prometheus) : [];
  return queries.map(([name]) => ({
    name,
    templateRef: { name: `${app}-${name}` },
    thresholdRange: { max: most[name] },
    interval: "1m",
  }));
}

function asked({ errorPercent, latencySeconds }: AnalysisPrometheusArgs): [name: string, query: string][] {
  const all = { "error-percent": errorPercent, "latency-seconds": latencySeconds };
  return Object.entries(all).flatMap(([name, query]) => (query === undefined ? [] : [[name, query]]));
}

/** The letters of which Kubernetes makes a ReplicaSet's name. `primary`, which the pods that serve have in theirs, has others. */
const hashes = "[b-df-hj-np-tv-xz2-9]+";
