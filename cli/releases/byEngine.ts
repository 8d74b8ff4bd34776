import { type EngineName, engines } from "../../components/rollout/engine/name.ts";
import { stateOf } from "../../components/rollout/engine/outcome.ts";
import { ApiError } from "../../core/cluster/apiError.ts";
import type { Cluster, Live } from "../../core/cluster/cluster.ts";
import { unanswered } from "./unanswered.ts";

/** An app that another engine releases, which keeps its own account of them. */
export interface AppByEngine {
  name: string;
  engine: EngineName;
  /** In the engine's own words. */
  phase: string;
  /** What it is doing, or why it stopped. */
  message: string;
  /** Undefined where the Deployment has it. */
  image?: string;
  /** What to type to learn more. */
  asked: string;
  inFlight: boolean;
}

const kinds = { argoRollouts: "Rollout", flagger: "Canary" } as const;

/** In these nothing is under way. */
const settled = new Set(["Healthy", "Succeeded", "Initialized"]);

/** Those of an environment, in the order of their names. */
export async function appsByEngine(cluster: Cluster): Promise<AppByEngine[]> {
  const ours = { "app.kubernetes.io/managed-by": "palier", "app.kubernetes.io/component": "app" };
  try {
    const found = await Promise.all(
      // Not every cluster has these kinds, and not everybody may read them.
      Object.entries(kinds).map(async ([engine, kind]) => {
        const all = await cluster.list(kind, ours).catch(noneOf);
        return all.map((live) => appOf(engine as EngineName, live, cluster.namespace));
      }),
    );
    return found.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw unanswered(cluster, error);
  }
}

function noneOf(error: Error): Live[] {
  if (error instanceof ApiError) return [];
  throw error;
}

function appOf(engine: EngineName, live: Live, namespace: string): AppByEngine {
  const { name } = live.metadata;
  const { phase, message, step } = engine === "argoRollouts" ? stateOf(live) : canaryState(live);
  const image: string | undefined = live["spec"]?.template?.spec?.containers?.[0]?.image;
  const asked = `${engines[engine].asked(name)} -n ${namespace}`;
  const inFlight = !settled.has(phase);
  return { name, engine, phase, message: `${message}${step}`.trim(), asked, inFlight, ...(image && { image }) };
}

function canaryState({ status = {} }: Live): { phase: string; message: string; step: string } {
  const { phase = "not seen yet", canaryWeight, conditions = [] } = status;
  const step = canaryWeight ? ` with ${canaryWeight} % of the requests` : "";
  return { phase, message: conditions.at(-1)?.message ?? "", step };
}

/** Why there is no way back here, and where there is. */
export function elsewhere({ name, engine, asked }: AppByEngine): string {
  const back =
    engine === "argoRollouts"
      ? "kubectl argo rollouts undo brings one back at once; then set its image in the stack's configuration, or the next pulumi up brings this one again"
      : "set the image of before in the stack's configuration, then pulumi up: it is released as any other";
  return `${name} is released by ${engines[engine].title}, which keeps its own releases: ${back}. What it does is told by ${asked}`;
}
