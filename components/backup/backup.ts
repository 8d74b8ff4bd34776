import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { afterAnnotation } from "../../core/labels.ts";
import { backupOf, restoreOf } from "../../core/rules/relations/backups.ts";
import { tell } from "../../core/told.ts";
import { inEnvironment, type Member, member } from "../environment/member.ts";
import { refuseBad } from "../refuse.ts";
import { checkArguments } from "../shape.ts";
import { declareWay } from "../workload/way.ts";
import { declareAlerts } from "./alerts.ts";
import type { BackupArgs } from "./args.ts";
import { drillWork } from "./drill.ts";
import { completed, type Meant, meant } from "./meant.ts";
import { cronJobSpec, type Work } from "./pod.ts";
import { declareReader, ownAddress } from "./reader.ts";
import { saveWork } from "./save.ts";
import { backupShape } from "./shape.ts";

/**
 * Saves one database on a schedule: dumped by a role that only reads, encrypted for the holders of a key, sent to a bucket,
 * read back whole, and only then counted. With `drill`, the newest backup is restored for trial and asked what must hold.
 *
 * @remarks
 * - Under the bucket's prefix it keeps to `SYSTEM/ENVIRONMENT/SERVER.DATABASE/`, and refuses a place in which another
 *   environment keeps its backups.
 * - A run that fails leaves every older backup as it was. Old ones go only after a new one counts.
 */
export class Backup extends pulumi.ComponentResource {
  /** Name of the CronJob: `kubectl create job --from=cronjob/NAME now` saves at once. */
  readonly cronJob: pulumi.Output<string>;

  constructor(name: string, args: BackupArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Backup", name, args, backupShape);
    const me = member(name, "backup", args.environment);
    tell({ kind: "Backup", name, args, profile: me.profile, complete: (profile) => completed(args, profile) });
    const all = meant(`Backup ${name}`, me, args);
    const { schedule, timeZone, rpoHours, rtoHours, drill } = all;
    const of = { server: args.of.name, database: all.database };
    super("palier:index:Backup", name, { of, schedule, rpoHours, rtoHours }, inEnvironment(args.environment, opts));
    const child = { parent: this };
    declareWay(me, "database", args.of, child);
    declareWay(me, "store", args.to.endpoint, child);
    const reader = all.postgres
      ? declareReader(me, args.of, all.postgres, child)
      : ownAddress(args.of, all.deadlineSeconds);
    const labels = { ...me.labels, [backupOf]: args.of.name };
    const saving = this.#scheduled(
      me,
      saveWork(me, args, all, reader.variables),
      { schedule, timeZone, labels },
      reader.ready,
    );
    if (drill) this.#drill(me, args, all, drill.schedule);
    if (all.alerts) declareAlerts(me, args.environment, all, child);
    this.cronJob = saving.metadata.name;
    this.registerOutputs({ cronJob: this.cronJob });
  }

  #drill(me: Member, args: BackupArgs, all: Meant, schedule: string): void {
    const pods = { ...member(`${me.name}-drill`, "drill", args.environment), profile: me.profile };
    declareWay(pods, "store", args.to.endpoint, { parent: this });
    const labels = { ...pods.labels, [restoreOf]: args.of.name };
    const { timeZone } = all;
    this.#scheduled(pods, drillWork(pods, args, all), { schedule, timeZone, labels }, args.of.ready);
  }

  #scheduled(me: Member, work: Work, when: Parameters<typeof cronJobSpec>[1], after: pulumi.Input<string>) {
    const annotations = { [afterAnnotation]: after };
    const metadata = { ...me.metadata(me.name), labels: when.labels, annotations };
    const spec = cronJobSpec(work, when);
    refuseBad(me, [{ kind: "CronJob", args: { metadata, spec } }]);
    return new k8s.batch.v1.CronJob(me.name, { metadata, spec }, { parent: this });
  }
}
