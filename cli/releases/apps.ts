import { objectName } from "../../components/edge/objects.ts";
import { sharesOf } from "../../components/rollout/shares.ts";
import { ApiError } from "../../core/cluster/apiError.ts";
import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { imageAnnotation, releaseAnnotation, slotLabel } from "../../core/labels.ts";
import { type GoodRelease, readHistory } from "../../core/records/history.ts";
import { unanswered } from "./unanswered.ts";

/** An app as the cluster tells of its releases. */
export interface ReleasedApp {
  name: string;
  image: string;
  history: GoodRelease[];
  /** What has a share beside what is wanted until a human goes on, and which, in percent. */
  next?: { slot: string; share: number };
  /** Slots: what is wanted, what the engine has committed, what has the traffic. */
  target?: string;
  committed?: string;
  selected?: string;
  /** What of the requests by the edge goes to each of its releases while one is tried, in percent. */
  shares: Record<string, number>;
  /** Its Deployments by their slot, and how many of the wanted pods can serve. */
  slots: Record<string, { wanted: number; available: number }>;
}

/** Every app of an environment, in the order of their names. */
export async function appsIn(cluster: Cluster): Promise<ReleasedApp[]> {
  try {
    const ours = { "app.kubernetes.io/managed-by": "palier", "app.kubernetes.io/component": "app" };
    const [maps, services, deployments, ...weighing] = await Promise.all([
      cluster.list("ConfigMap", ours),
      cluster.list("Service", ours),
      cluster.list("Deployment", ours),
      // Not every cluster has these kinds, and not everybody may read them.
      cluster.list("HTTPRoute", ours).catch(noneOf),
      cluster.list("TraefikService", ours).catch(noneOf),
    ]);
    const histories = maps.filter(({ metadata }) => metadata.annotations?.[imageAnnotation] !== undefined);
    return histories
      .map((history) => ({ ...appOf(history, maps, services, deployments), ...sharesAt(history, weighing.flat()) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unanswered(cluster, error);
  }
}

function noneOf(error: Error): Live[] {
  if (error instanceof ApiError) return [];
  throw error;
}

function sharesAt(history: Live, weighing: Live[]): Pick<ReleasedApp, "shares"> {
  const name = appName(history);
  const live = weighing.find(({ metadata }) => metadata.name === objectName(name));
  const shares = Object.entries((live && sharesOf(live, name)) ?? {});
  return { shares: Object.fromEntries(shares.map(([service, share]) => [service.slice(name.length + 1), share])) };
}

const appName = ({ metadata }: Live) => metadata.labels!["app.kubernetes.io/name"]!;

function appOf(history: Live, maps: Live[], services: Live[], deployments: Live[]): Omit<ReleasedApp, "shares"> {
  const name = appName(history);
  const named = (all: Live[], wanted: string) => all.find(({ metadata }) => metadata.name === wanted);
  const service = named(services, name);
  const own = deployments.filter(({ metadata }) => metadata.labels!["app.kubernetes.io/name"] === name);
  const record = named(maps, `${name}-release`)?.["data"];
  const selected: string | undefined = service?.["spec"]?.selector?.[slotLabel];
  return {
    name,
    image: history.metadata.annotations![imageAnnotation]!,
    history: readHistory(history["data"]?.history),
    target: record?.target,
    ...(record?.next && { next: { slot: record.next, share: Number(record.share) } }),
    committed: service?.metadata.annotations?.[releaseAnnotation] ?? selected,
    selected,
    slots: Object.fromEntries(
      own.map(({ spec, status }) => [
        spec.selector.matchLabels[slotLabel],
        { wanted: spec.replicas, available: status?.availableReplicas ?? 0 },
      ]),
    ),
  };
}
