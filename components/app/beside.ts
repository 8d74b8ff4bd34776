import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError, below, shown } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import { frozenConfigMap } from "../frozen.ts";
import { slotOf } from "../rollout/slot.ts";
import type { MigrateArgs } from "../workload/args.ts";
import { declareDeployment } from "../workload/deployment.ts";
import type { Given } from "../workload/given.ts";
import { sentryRelease } from "../workload/telemetry.ts";
import type { AppArgs } from "./args.ts";
import type { AppOverrides } from "./overrides.ts";
import { processOf } from "./probes.ts";
import { declareReleased } from "./service.ts";
import type { AppSettings } from "./settings.ts";
import type { Slot } from "./slot.ts";

/** With the share of 100 % it is the phase's image that counts, and a release as any other. */
export function settled({ name }: Pick<Member, "name">, args: AppArgs): AppArgs {
  const { canary } = args.rollout ?? {};
  const phase = canary?.phase;
  if (!phase) return args;
  const path = `App ${name}: rollout.canary.phase`;
  slotOf(below(path, "image"), phase.image);
  const { phase: _, ...rest } = canary;
  if (phase.weight === 100) return { ...args, image: phase.image, rollout: { canary: rest } };
  if (phase.image === args.image) {
    const reason = `${shown(phase.weight)} % of what counts already: image is the same; give 100, or leave phase out`;
    throw new ArgumentError(below(path, "weight"), reason);
  }
  refuseContraction(path, args.migrate);
  return args;
}

function refuseContraction(path: string, migrate: MigrateArgs = {}): void {
  if (migrate.phase !== "contract") return;
  throw new ArgumentError(path, "migrate.phase is contract, which takes away what image still uses; release it whole");
}

/** Of whose image the schema is: that of the latest, also where it has no share any more. */
export function schemaOf({ image, rollout }: AppArgs): pulumi.Input<string> {
  return rollout?.canary?.phase?.image ?? image;
}

/** What has a share beside what counts: its pods, which no autoscaler touches, and its Service. */
export function declareBeside(
  given: Given,
  own: AppSettings,
  { beside }: Slot,
  { deployment: override }: AppOverrides = {},
  opts: pulumi.CustomResourceOptions,
): pulumi.CustomResource[] {
  const image = own.rollout.canary?.phase?.image;
  if (!beside || image === undefined) return [];
  const { me } = beside;
  const workload = { ...given, ...itsVariables(given, image, opts), me, image, settings: own };
  const child = { ...opts, hooks: beside.hooks.slot };
  const deployment = declareDeployment(workload, processOf(own), given.ready, override, child);
  return declareReleased(beside, own, { parent: opts.parent, dependsOn: deployment });
}

/** What it tells others of its errors is told of itself. */
function itsVariables({ me, wiring, variables }: Given, image: string, opts: pulumi.CustomResourceOptions) {
  const told = sentryRelease(wiring.variables, image);
  if (!told) return { wiring, variables };
  const its = { ...wiring.variables, ...told };
  return {
    wiring: { ...wiring, variables: its },
    variables: frozenConfigMap(`${me.name}-beside-variables`, me, its, { parent: opts.parent }),
  };
}
