import * as pulumi from "@pulumi/pulumi";
import type { Profile } from "../../core/profile.ts";
import { tell } from "../../core/told.ts";
import { inEnvironment, type Member, member } from "../environment/member.ts";
import { operated } from "../prometheus/operated.ts";
import { prometheusSettings } from "../prometheus/settings.ts";
import { isSkipped } from "../prometheus/skipped.ts";
import { checkArguments } from "../shape.ts";
import { alertmanagerSpec } from "./alertmanager.ts";
import type { MonitoringArgs } from "./args.ts";
import { monitoringShape } from "./shape.ts";
import { volumeGroups } from "./volumes.ts";

/**
 * Who is told of an environment's alerts, and an alert before one of its volumes is full. What is alerted by is each app's
 * `slo`. Where the environment is watched by nothing, it makes nothing, and a message says so once.
 *
 * @remarks
 * - Alertmanager must take the AlertmanagerConfigs of this namespace (`alertmanagerConfigSelector` of its operator). It then
 *   sends only alerts with this namespace as their label, which all of Palier's have.
 * - The Secrets that hold webhook, key and password stand in the environment's namespace, and nothing here reads them.
 * - One of these is enough for an environment: with two, everybody is told twice.
 */
export class Monitoring extends pulumi.ComponentResource {
  /** Whether anything is watched: false where the environment has `monitoring: "skip"`. */
  readonly watched: boolean;

  constructor(name: string, args: MonitoringArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Monitoring", name, args, monitoringShape);
    const me = member(name, "monitoring", args.environment);
    const { volumePercent = 85, receivers } = args;
    tell({ kind: "Monitoring", name, args, profile: me.profile, complete: completed(args, volumePercent) });
    super(
      "palier:index:Monitoring",
      name,
      { receivers: Object.keys(receivers) },
      inEnvironment(args.environment, opts),
    );
    this.watched = !isSkipped(args.environment, me);
    if (this.watched) this.#declare(me, args, volumePercent);
    this.registerOutputs({ watched: this.watched });
  }

  #declare(me: Member, { environment, receivers }: MonitoringArgs, volumePercent: number): void {
    const { labels, runbooks } = prometheusSettings(environment);
    const groups = pulumi.output(me.namespace).apply((of) => volumeGroups(me.name, of, volumePercent, runbooks));
    const opts = { parent: this };
    operated("AlertmanagerConfig", `${me.name}-receivers`, me, { labels, spec: alertmanagerSpec(receivers) }, opts);
    operated("PrometheusRule", `${me.name}-rules`, me, { labels, spec: { groups } }, opts);
  }
}

function completed({ receivers: { email } }: MonitoringArgs, volumePercent: number) {
  const receivers = email ? { receivers: { email: { username: email.username ?? email.from } } } : {};
  return (_: Profile) => ({ ...receivers, volumePercent });
}
