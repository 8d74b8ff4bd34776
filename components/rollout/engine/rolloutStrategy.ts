import type { Input } from "@pulumi/pulumi";
import type { Weighed } from "../../edge/weighed.ts";
import type { Rollout, Trial } from "../settings.ts";
import type { Templates } from "./analysisTemplates.ts";
import { canaryService, previewService } from "./name.ts";

interface About {
  app: string;
  namespace: Input<string>;
  rollout: Rollout;
  templates: Templates;
  /** What leads to both releases at the edge. */
  weighed?: Weighed;
}

/**
 * How Argo Rollouts does what the arguments say.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
export function rolloutStrategy(about: About): object {
  const { blueGreen, canary } = about.rollout;
  if (canary) return { canary: canarySpec(about, canary) };
  if (blueGreen) return { blueGreen: blueGreenSpec(about, blueGreen.bakeSeconds) };
  // A canary without steps is a rolling update.
  return { canary: surge };
}

/** A rollout never has fewer pods that answer than before it. */
const surge = { maxSurge: "25%", maxUnavailable: 0 };

/** What it has of the old pods before it ends them, as a Deployment beside another would. */
const usualDelaySeconds = 30;

function blueGreenSpec({ app, templates }: About, bakeSeconds: number): object {
  return {
    activeService: app,
    previewService: previewService(app),
    autoPromotionEnabled: true,
    prePromotionAnalysis: named(app, "smoke"),
    ...(templates.watch && { postPromotionAnalysis: named(app, "watch") }),
    scaleDownDelaySeconds: bakeSeconds + usualDelaySeconds,
  };
}

function canarySpec({ app, namespace, templates, weighed }: About, { steps }: Trial): object {
  const release = { name: "release", valueFrom: { podTemplateHashValue: "Latest" } };
  const beside = [
    { templateName: `${app}-watch` },
    ...(templates.analysis ? [{ templateName: `${app}-analysis` }] : []),
  ];
  const shares = steps.flatMap(({ weight, seconds }) => [
    { setWeight: weight },
    ...(seconds > 0 ? [{ pause: { duration: `${seconds}s` } }] : []),
  ]);
  return {
    ...surge,
    stableService: app,
    canaryService: canaryService(app),
    trafficRouting: routing(namespace, weighed!),
    // As many as serve, tried, before the first request.
    steps: [{ setCanaryScale: { weight: 100 } }, { analysis: named(app, "smoke") }, ...shares],
    analysis: { templates: beside, startingStep: 2, ...(templates.analysis && { args: [release] }) },
  };
}

function named(app: string, role: string): { templates: object[] } {
  return { templates: [{ templateName: `${app}-${role}` }] };
}

/** The Gateway API is led by a plugin that the controller has to be given. */
function routing(namespace: Input<string>, { kind, name }: Weighed): object {
  if (kind === "TraefikService") return { traefik: { weightedTraefikServiceName: name } };
  return { plugins: { "argoproj-labs/gatewayAPI": { httpRoute: name, namespace } } };
}
