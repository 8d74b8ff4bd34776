import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { imageAnnotation, releaseAnnotation, rollingSlot, slotLabel } from "../../core/labels.ts";
import type { CheckedEdge } from "../edge/checkEdge.ts";
import { refuseUnweighed, weighedBy } from "../edge/weighed.ts";
import { askedCluster } from "../environment/askedCluster.ts";
import type { Member } from "../environment/member.ts";
import { outcomeHooks } from "../rollout/engine/hooks.ts";
import type { EngineName } from "../rollout/engine/name.ts";
import { historyName } from "../rollout/history.ts";
import { type ReleaseHooks, releaseHooks } from "../rollout/hooks.ts";
import { phaseOf } from "../rollout/phase.ts";
import { recordName } from "../rollout/recordObject.ts";
import type { Release } from "../rollout/release.ts";
import { isRolledBack } from "../rollout/rolledBack.ts";
import { slotFor, trialOf } from "../rollout/settings.ts";
import { deploymentOf, everySlot } from "../rollout/slot.ts";
import type { AppArgs } from "./args.ts";
import { refuseEngine } from "./refuseEngine.ts";
import { type AppSettings, releaseSeconds } from "./settings.ts";

/** An app as all that stays sees it, whichever release serves. */
export function acrossReleases(me: Member): Member {
  return { ...me, selector: everySlot(me.selector) };
}

/** What is of one release: its Deployment and autoscaler by this name, its pods by this selector. */
export interface Slot {
  me: Member;
  name: string;
  /** The Service that the edge leads to: the app's own or, of a canary, the release's. */
  service: string;
  hooks: ReleaseHooks;
  /** Tells on the Service which release the engine has committed. */
  committed: Record<string, string>;
  /** What has a share beside it until a human goes on. */
  beside?: Slot & { share: number };
}

/** @param me Of all releases. */
export function slotOfApp(me: Member, args: AppArgs, own: AppSettings, edge: CheckedEdge | undefined): Slot {
  const { rollout } = own;
  const name = slotFor(`App ${me.name}: image`, rollout, args.image);
  const { cluster } = args.environment;
  if (rollout.canary) refuseUnweighed(`App ${me.name}: rollout.canary`, me, edge);
  if (rollout.engine) return slotByEngine(me, args, own, edge, rollout.engine);
  const strategy = rollout.canary ? "canary" : "blueGreen";
  if (rollout[strategy]) askedCluster(`App ${me.name}: rollout.${strategy}`, args.environment);
  const phase = phaseOf(`App ${me.name}: rollout.canary.phase`, rollout);
  const release = cluster && { ...releaseOf(me, args, own, name, cluster), weighed: weighedBy(me, edge), phase };
  const hooks = release ? releaseHooks(release, rollout.rolling?.undo ?? true) : {};
  const slot = slotNamed(me, own, name, hooks);
  if (!phase) return slot;
  return { ...slot, beside: { ...slotNamed(me, own, phase.slot, hooks.beside ?? {}), share: phase.share } };
}

function slotNamed(me: Member, { rollout }: AppSettings, name: string, hooks: ReleaseHooks): Slot {
  const named = { ...me, name: deploymentOf(me.name, name), selector: { ...me.selector, [slotLabel]: name } };
  const service = rollout.canary ? named.name : me.name;
  return { me: named, name, service, hooks, committed: { [releaseAnnotation]: name } };
}

/** Another engine has slots of its own; to Palier there is one. */
function slotByEngine(
  me: Member,
  args: AppArgs,
  own: AppSettings,
  edge: CheckedEdge | undefined,
  engine: EngineName,
): Slot {
  refuseEngine(`App ${me.name}`, engine, args, edge);
  const common = { name: rollingSlot, service: me.name, committed: {} };
  const selector = { ...me.selector, [slotLabel]: rollingSlot };
  // Flagger gives the first of a few labels another value in the pods that serve; by this one, all others stay as they are.
  if (engine === "flagger") return { ...common, me: { ...me, selector: { ...selector, app: me.name } }, hooks: {} };
  const target = askedCluster(`App ${me.name}: rollout.engine`, args.environment);
  const hooks = outcomeHooks({ app: me.name, system: me.system, target, seconds: releaseSeconds(own) });
  return { ...common, me: { ...me, selector }, hooks };
}

function releaseOf(me: Member, args: AppArgs, own: AppSettings, slot: string, target: Release["target"]): Release {
  const { port, scale, progressDeadlineSeconds, minReadySeconds, rollout, health } = own;
  const { min, max } = scale;
  const back = isRolledBack(args.image);
  const usual = { smoke: health.verify, smokeSeconds: 30, bakeSeconds: me.profile.bakeSeconds };
  return {
    app: me.name,
    system: me.system,
    pods: me.selector,
    slot,
    port,
    ...{ min, max },
    deadlineSeconds: progressDeadlineSeconds,
    minReadySeconds,
    tried: trialOf(rollout, usual, back),
    canary: rollout.canary !== undefined,
    target,
  };
}

/** What is wanted, on record before anything of it is made: by it the next update puts back what was cut off. */
export function declareRecord(
  me: Member,
  { name: target, hooks, beside }: Slot,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const name = recordName(me.name);
  const next: Record<string, string> = beside ? { next: beside.name, share: String(beside.share) } : {};
  return new k8s.core.v1.ConfigMap(
    name,
    { metadata: me.metadata(name), data: { target, ...next } },
    { ...opts, hooks: hooks.record },
  );
}

/** The releases that were found good, the last of which serves; told by annotations, so that it is never made anew. */
export function declareHistory(
  me: Member,
  { image }: AppArgs,
  { name: slot, hooks }: Slot,
  opts: pulumi.CustomResourceOptions,
): void {
  const name = historyName(me.name);
  const annotations = { [releaseAnnotation]: slot, [imageAnnotation]: image };
  new k8s.core.v1.ConfigMap(
    name,
    { metadata: { ...me.metadata(name), annotations } },
    { ...opts, hooks: hooks.history },
  );
}
