import * as pulumi from "@pulumi/pulumi";
import type { Profile } from "../../core/profile.ts";
import { tell } from "../../core/told.ts";
import { declareRetirement } from "../access/retire.ts";
import { inEnvironment, member } from "../environment/member.ts";
import { checkArguments } from "../shape.ts";
import { asGiven, sharedArguments } from "../workload/asArguments.ts";
import { checkLinks } from "../workload/checkLinks.ts";
import { endSeconds } from "../workload/deployment.ts";
import { declareGiven } from "../workload/given.ts";
import { linksTold } from "../workload/links.ts";
import { checkMigration } from "../workload/migrated.ts";
import type { WorkerArgs } from "./args.ts";
import { workerArguments } from "./asArguments.ts";
import { declareWorker, workerSettings } from "./deployment.ts";
import type { WorkerOptions } from "./overrides.ts";
import { workerShape } from "./shape.ts";

/**
 * A process that works in the background, in any number of replicas: nothing reaches it, and it reaches what it links
 * to. It is told to end before it is replaced, and has time to finish.
 *
 * @remarks
 * - Another name is another Deployment and another role in each database.
 * - During a rollout old and new replicas work side by side: whoever takes a job must be the only one to, by the queue's own means.
 * - What still works after `drainSeconds` is killed: let jobs be shorter, or such that they may begin anew.
 * - Without `health` one that hangs is never started anew, and a rollout counts on it as soon as it runs.
 */
export class Worker extends pulumi.ComponentResource {
  /** The image that runs. */
  readonly image: pulumi.Output<string>;
  /** Known when it runs. */
  readonly ready: pulumi.Output<string>;

  constructor(name: string, args: WorkerArgs, opts: WorkerOptions = {}) {
    checkArguments("Worker", name, args, workerShape);
    const me = member(name, "worker", args.environment);
    checkLinks(`Worker ${name}`, me, args);
    checkMigration("Worker", me, args);
    const own = workerSettings(`Worker ${name}`, args, me);
    const complete = (profile: Profile) => ({
      ...sharedArguments(args, me.stage),
      ...workerArguments(args, workerSettings(`Worker ${name}`, args, { ...me, profile })),
    });
    tell({ kind: "Worker", name, args: asGiven(args, me.stage), profile: me.profile, complete });
    super(
      "palier:index:Worker",
      name,
      { scale: own.scale, links: linksTold(args.links) },
      inEnvironment(args.environment, opts),
    );
    const child = { parent: this };
    const given = declareGiven(me, args, child);
    const deployment = declareWorker(given, args, own, opts.overrides ?? {}, child);
    declareRetirement(me, given.granted, endSeconds(own), { ...child, dependsOn: [deployment] });
    this.image = pulumi.output(args.image);
    this.ready = deployment.id;
    this.registerOutputs({ image: this.image });
  }
}
