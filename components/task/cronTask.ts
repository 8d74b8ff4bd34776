import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { declareRetirement } from "../access/retire.ts";
import { inEnvironment, member } from "../environment/member.ts";
import { checkArguments } from "../shape.ts";
import { asGiven, sharedArguments } from "../workload/asArguments.ts";
import { checkLinks } from "../workload/checkLinks.ts";
import { declareGiven } from "../workload/given.ts";
import { linksTold } from "../workload/links.ts";
import type { CronTaskArgs } from "./args.ts";
import { declareTask } from "./cronJob.ts";
import type { CronTaskOptions } from "./overrides.ts";
import { taskArguments } from "./settings.ts";
import { cronTaskShape } from "./shape.ts";

/**
 * A process that runs on a schedule and ends. Two runs never overlap unless they may, and a run that hangs is ended at
 * its deadline.
 *
 * @remarks
 * - Another name is another CronJob: the history of the old one, and a run that goes on, end with it.
 * - A run that has begun keeps its image and variables; what changes here counts from the next one.
 * - An hour that a change of clocks leaves out is never reached in `timeZone`, and one that comes twice may run twice: between
 *   2 and 3 at night of `Europe/Paris` is such an hour, in `Etc/UTC` there is none.
 * - Kubernetes starts each run about once: seldom twice, and not at all where the cluster was away for longer than
 *   `startingDeadlineSeconds`. Let neither do harm.
 */
export class CronTask extends pulumi.ComponentResource {
  /** The image that runs. */
  readonly image: pulumi.Output<string>;

  constructor(name: string, args: CronTaskArgs, opts: CronTaskOptions = {}) {
    checkArguments("CronTask", name, args, cronTaskShape);
    const me = member(name, "task", args.environment);
    checkLinks(`CronTask ${name}`, me, args);
    const complete = () => ({ ...sharedArguments(args, me.stage), ...taskArguments(args) });
    tell({ kind: "CronTask", name, args: asGiven(args, me.stage), profile: me.profile, complete });
    super(
      "palier:index:CronTask",
      name,
      { schedule: args.schedule, links: linksTold(args.links) },
      inEnvironment(args.environment, opts),
    );
    const child = { parent: this };
    const given = declareGiven(me, args, child);
    const task = declareTask(given, args, opts.overrides ?? {}, child);
    declareRetirement(me, given.granted, 0, { ...child, dependsOn: [task] });
    this.image = pulumi.output(args.image);
    this.registerOutputs({ image: this.image });
  }
}
