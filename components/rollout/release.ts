import { Cluster } from "../../core/cluster/cluster.ts";
import type { Weighed } from "../edge/weighed.ts";
import type { Phase } from "./phase.ts";
import type { Trial } from "./settings.ts";

/** What the hooks of one app's release have to know. Plain data: nothing is asked of the cluster to make it. */
export interface Release {
  app: string;
  system: string;
  /** Labels of the pods of every slot. */
  pods: Record<string, string>;
  /** The slot that the program wants to serve. */
  slot: string;
  port: number;
  /** Replicas at least, and at most. */
  min: number;
  max: number;
  /** Seconds until pods that make no progress count as failed. */
  deadlineSeconds: number;
  minReadySeconds: number;
  /** What it goes through. */
  tried: Trial;
  /** The edge leads to a Service of the release's own. */
  canary: boolean;
  /** What has a share beside it until a human goes on. */
  phase?: Phase;
  /** It is that one, and stays at this share of the requests, in percent; undefined where it takes all. */
  share?: number;
  /** What may lead a share of the requests to it; undefined where the edge can't. */
  weighed?: Weighed;
  /** Which cluster, by its kubeconfig. */
  target: { context: string; kubeconfig?: string };
}

/** The cluster of a release, once its namespace is known. */
export function clusterOf({ target }: Release, namespace: string): Cluster {
  return new Cluster({ ...target, namespace });
}

/** What waits at a share, by itself: it has a share, and moves nothing else. */
export function besideOf({ phase, ...release }: Release): Release | undefined {
  return phase && { ...release, ...phase };
}

/** As what the traffic is moved. It is taken over by the engine's own write, which says the same. */
export const manager = "palier-release";
