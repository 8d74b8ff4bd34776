import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAnnotation, phaseAnnotation, rollbackAnnotation } from "../../core/labels.ts";
import { noPrismaPush } from "../../core/rules/migrations/prismaPush.ts";
import { tell } from "../../core/told.ts";
import { askedCluster } from "../environment/askedCluster.ts";
import { inEnvironment, member } from "../environment/member.ts";
import { once, triedAgain, waitedFor } from "../job.ts";
import { refuseBad } from "../refuse.ts";
import { checkArguments, longestInner } from "../shape.ts";
import { authorityMounts, authorityVolumes, environmentVariables } from "../wiring.ts";
import type { MigrationArgs } from "./args.ts";
import { guardContract } from "./contract.ts";
import { declarePause } from "./pause.ts";
import { migrationArguments, settings } from "./settings.ts";
import { migrationShape } from "./shape.ts";

/**
 * Brings the schema to what an image needs, once for each digest, before the app of that image starts. It fails the
 * update when it fails, while the old version goes on answering: keep every step one that the old version can live with.
 *
 * @remarks
 * - Another image, command or variable is another Job, and the migration runs again: it has to do nothing the second time.
 * - While it runs, the old version works on the new schema. Drop and rename in a later release than the code that stops to need it.
 * - A failed one fails the update; the old version goes on. Nothing takes back by itself what it had done.
 * - What `pause` names stands still from before its Job is made until that has ended, well or not. An update that is cut off
 *   in between leaves it so, since the migration may still be at work: the next `pulumi up` lets it go on.
 */
export class Migration extends pulumi.ComponentResource {
  /** Known when it is done. */
  readonly ready: pulumi.Output<string>;

  constructor(name: string, args: MigrationArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Migration", name, args, migrationShape, longestInner);
    const me = member(name, "migration", args.environment);
    const own = settings(args);
    tell({ kind: "Migration", name, args, profile: me.profile, complete: () => migrationArguments(args) });
    super("palier:index:Migration", name, { command: args.command }, inEnvironment(args.environment, opts));
    const back: Record<string, string> = args.rollback === undefined ? {} : { [rollbackAnnotation]: args.rollback };
    const told = { ...back, [phaseAnnotation]: own.phase };
    const metadata = { ...me.metadata(), annotations: { ...triedAgain, [afterAnnotation]: args.after, ...told } };
    const labels = { ...me.labels, "app.kubernetes.io/name": args.app };
    const spec = jobSpec(args, labels, own.phase);
    refuseBad(me, [{ kind: "Job", args: { metadata, spec } }], [noPrismaPush]);
    const child = { parent: this };
    const paused =
      args.pause &&
      declarePause(
        me,
        args.pause,
        askedCluster(`Migration ${name}: pause`, args.environment),
        { metadata, spec },
        child,
      );
    const job = new k8s.batch.v1.Job(
      `${name}-job`,
      { metadata, spec },
      { ...child, ...guarded(paused, guardContract(me, own.phase, args)), ...waitedFor(own.deadlineSeconds) },
    );
    this.ready = job.id;
    this.registerOutputs({ ready: this.ready });
  }
}

/** What refuses goes before what brings others to a standstill. */
function guarded(opts: pulumi.CustomResourceOptions = {}, guards: pulumi.ResourceHook[]): pulumi.CustomResourceOptions {
  if (guards.length === 0) return opts;
  return { ...opts, hooks: { ...opts.hooks, beforeCreate: [...guards, ...(opts.hooks?.beforeCreate ?? [])] } };
}

/** What takes away is a Job of its own, also where its command is that of what added. */
function jobSpec(args: MigrationArgs, labels: Record<string, string>, phase: string): k8s.types.input.batch.v1.JobSpec {
  return once({
    labels,
    annotations: phase === "contract" ? { [phaseAnnotation]: phase } : undefined,
    ...settings(args),
    retries: 0,
    priorityClassName: args.environment.priorityClassName,
    containers: [
      {
        name: "migrate",
        image: args.image,
        command: args.command,
        // What a failed one said at last becomes part of the error.
        terminationMessagePolicy: "FallbackToLogsOnError",
        env: environmentVariables(args),
        volumeMounts: authorityMounts(args),
      },
    ],
    volumes: authorityVolumes(args),
  });
}
