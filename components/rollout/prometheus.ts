import type { Answer, Cluster } from "../../core/cluster/cluster.ts";
import type { AnalysisPrometheusArgs } from "./canaryArgs.ts";
import type { Figures } from "./figures.ts";

const withinMs = 5000;

/** What Prometheus has measured of a release. Throws the query and what it was answered where it gives no number at all. */
export async function measuredBy(cluster: Cluster, args: AnalysisPrometheusArgs, release: string): Promise<Figures> {
  const { errorPercent, latencySeconds } = args;
  const value = async (query: string | undefined) =>
    query === undefined ? undefined : answered(cluster, args, query.replaceAll("{{release}}", release));
  const [errors, latency] = await Promise.all([value(errorPercent), value(latencySeconds)]);
  const told = [errors, latency].flatMap((one) => (one ? [one.told] : []));
  return {
    ...(errors?.number !== undefined && { errorPercent: errors.number }),
    ...(latency?.number !== undefined && { latencySeconds: latency.number }),
    last: told.join("; "),
  };
}

async function answered(cluster: Cluster, args: AnalysisPrometheusArgs, query: string) {
  const { status, body } = await asked(cluster, args, `/api/v1/query?query=${encodeURIComponent(query)}`);
  const told = `the query ${query} was answered ${status}: ${body.replace(/\s+/g, " ").slice(0, 300)}`;
  if (status !== 200) throw new Error(told);
  return { told, number: numberIn(body) };
}

/** Of a scalar or of the only sample; undefined where there is none yet, or it is no number. */
function numberIn(body: string): number | undefined {
  try {
    const { resultType, result } = JSON.parse(body).data;
    const [, text] = resultType === "scalar" ? result : (result[0]?.value ?? []);
    const number = Number(text);
    return text === undefined || Number.isNaN(number) ? undefined : number;
  } catch {
    return undefined;
  }
}

async function asked(cluster: Cluster, { url, service }: AnalysisPrometheusArgs, path: string): Promise<Answer> {
  if (service !== undefined) {
    const [namespace, rest] = service.split("/");
    return cluster.askService(namespace!, rest!, path, withinMs);
  }
  try {
    const answer = await fetch(`${url!.replace(/\/$/, "")}${path}`, { signal: AbortSignal.timeout(withinMs) });
    return { status: answer.status, body: await answer.text() };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string } };
    throw new Error(`Prometheus at ${url} gives no answer: ${cause?.code ?? message}`);
  }
}
