import * as pulumi from "@pulumi/pulumi";
import type { Member } from "../../environment/member.ts";
import { seconds } from "../../slo/duration.ts";
import type { AnalysisArgs, AnalysisPrometheusArgs } from "../canaryArgs.ts";
import type { Rollout } from "../settings.ts";

/** What Argo Rollouts holds a release against, by the end of the template's name. */
export type Templates = Partial<Record<"smoke" | "watch" | "analysis", object>>;

/** Of an answer that is an object alone: of anything else, to ask for a field is an error to the controller before it is run. */
const status = '{"is": result}.is.status';

/** As `problemOf` has it: a status beside 2xx is an error to the metric, and JSON may say that it is not well. */
const unwell = `type(result) == "map" && type(${status}) == "string" && !(lower(${status}) in ["ok", "healthy", "pass", "up"])`;

/** Answers in a row that are enough before there is any traffic. */
const enough = 3;

/** When the controller asks again after no answer or one beside 2xx, whatever the interval says. */
const errorRetrySeconds = 10;

/** The controller keeps its connections, and one that is kept leads to a pod of the release before, whatever its Service says now. */
const afresh = [{ key: "Connection", value: "close" }];

/**
 * @param tried The Service of what is tried before it has any traffic.
 * @param watched The Service of what has traffic.
 */
export function analysisTemplates(
  { namespace }: Pick<Member, "namespace">,
  { blueGreen, canary }: Rollout,
  port: number,
  tried: string,
  watched: string,
): Templates {
  const given = blueGreen ?? canary;
  if (!given) return {};
  const web = (service: string) => ({
    web: {
      url: pulumi.interpolate`http://${service}.${namespace}.svc:${port}${given.smoke}`,
      timeoutSeconds: 10,
      headers: afresh,
    },
  });
  const asked = { name: "smoke", interval: "1s", failureCondition: unwell };
  const most = given.smokeSeconds;
  // No single failure counts, but the end of the time without so many good answers in a row does.
  const errors = Math.ceil(most / errorRetrySeconds);
  const patient = { count: most, consecutiveSuccessLimit: enough, failureLimit: -1, consecutiveErrorLimit: errors };
  const strict = { failureLimit: 1, consecutiveErrorLimit: 1 };
  const bake = blueGreen ? { count: blueGreen.bakeSeconds } : {};
  const { prometheus, ...bounds } = canary?.analysis ?? {};
  return {
    smoke: { metrics: [{ ...asked, ...patient, count: Math.max(most, enough), provider: web(tried) }] },
    ...(blueGreen?.bakeSeconds === 0
      ? {}
      : { watch: { metrics: [{ ...asked, ...strict, ...bake, provider: web(watched) }] } }),
    ...(prometheus && { analysis: measured(prometheus, bounds) }),
  };
}

/** Two figures beyond a bound, or two questions without an answer, end it. No figure at all is none beyond. */
function measured(prometheus: AnalysisPrometheusArgs, { errorPercent, latency }: AnalysisArgs): object {
  const all = [
    ["error-percent", prometheus.errorPercent, errorPercent],
    ["latency-seconds", prometheus.latencySeconds, latency === undefined ? undefined : seconds(latency)],
  ] as const;
  const metrics = all.flatMap(([name, query, most]) => {
    if (query === undefined || most === undefined) return [];
    const provider = { prometheus: { address: addressOf(prometheus), query: query.replaceAll("{{release}}", hash) } };
    const failureCondition = `len(result) > 0 && !isNaN(result[0]) && result[0] > ${most}`;
    return [{ name, interval: "5s", failureLimit: 1, consecutiveErrorLimit: 1, failureCondition, provider }];
  });
  return { args: [{ name: "release" }], metrics };
}

/** The pods of a release are named by it there: `api-6d5f8c7b9-x2v4l`. */
const hash = "{{args.release}}";

/** As the engine reaches it, from inside the cluster. */
export function addressOf({ url, service }: AnalysisPrometheusArgs): string {
  if (url !== undefined) return url;
  const [namespace, rest] = service!.split("/");
  const [name, port] = rest!.split(":");
  return `http://${name}.${namespace}.svc:${port}`;
}
