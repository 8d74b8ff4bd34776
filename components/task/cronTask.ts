import * as pulumi from "@pulumi/pulumi";
import { inEnvironment, member } from "../environment/member.ts";
import { checkArguments } from "../shape.ts";
import { declareGiven } from "../workload/given.ts";
import { checkDatabaseLinks } from "../workload/links.ts";
import type { CronTaskArgs } from "./args.ts";
import { declareTask } from "./cronJob.ts";
import type { CronTaskOptions } from "./overrides.ts";
import { cronTaskShape } from "./shape.ts";

/**
 * A process that runs on a schedule and ends. Two runs never overlap unless they may, and a run that hangs is ended at
 * its deadline.
 */
export class CronTask extends pulumi.ComponentResource {
  /** The image that runs. */
  readonly image: pulumi.Output<string>;

  constructor(name: string, args: CronTaskArgs, opts: CronTaskOptions = {}) {
    checkArguments("CronTask", name, args, cronTaskShape);
    checkDatabaseLinks(name, args.links ?? {}, "CronTask");
    const me = member(name, "task", args.environment);
    super(
      "palier:index:CronTask",
      name,
      { schedule: args.schedule, links: Object.keys(args.links ?? {}) },
      inEnvironment(args.environment, opts),
    );
    const child = { parent: this };
    declareTask(declareGiven(me, args, child), args, opts.overrides ?? {}, child);
    this.image = pulumi.output(args.image);
    this.registerOutputs({ image: this.image });
  }
}
