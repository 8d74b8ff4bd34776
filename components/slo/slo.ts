import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { processLabel } from "../../core/labels.ts";
import type { AppArgs } from "../app/args.ts";
import type { AppSettings } from "../app/settings.ts";
import type { Member } from "../environment/member.ts";
import { operated } from "../prometheus/operated.ts";
import { prometheusSettings } from "../prometheus/settings.ts";
import { isSkipped } from "../prometheus/skipped.ts";
import type { Given } from "../workload/given.ts";
import { fromNamespace, into } from "../workload/network.ts";
import type { SloArgs } from "./args.ts";
import { dashboard, sidecarLabel } from "./dashboard.ts";
import { gateQuery } from "./gate.ts";
import { podMonitorSpec, probeSpec, serviceMonitorSpec } from "./monitors.ts";
import { ruleGroups } from "./rules.ts";
import { sloSettings } from "./settings.ts";
import type { Watched } from "./watched.ts";

/** What watches an app. */
export interface Watch {
  /** Known when its cluster has taken all of it: pods that must be watched start after that. */
  ready: pulumi.Output<string>;
  /** What a release gate asks Prometheus. */
  gate: pulumi.Output<string>;
}

type Options = pulumi.CustomResourceOptions;

/** Declares what watches an app that says what it owes its users, where its environment is watched. */
export function declareSlo(me: Member, args: AppArgs, own: AppSettings, opts: Options): Watch | undefined {
  if (!args.slo || isSkipped(args.environment, me)) return undefined;
  const { namespace, labels, prober, runbooks } = prometheusSettings(args.environment);
  const app = watched(me, args.slo, own);
  const address = app.apply((of) => of.settings.probe ?? inside(of, own));
  const rules = app.apply((of) => ({ groups: ruleGroups(of, runbooks) }));
  const probe = pulumi.all([app, address]).apply(([of, at]) => probeSpec(of, at, prober));
  const monitor = serviceMonitorSpec(me, sloSettings(args.slo).metricsPath);
  const made = [
    operated("PrometheusRule", `${me.name}-rules`, me, { labels, spec: rules }, opts),
    operated("ServiceMonitor", `${me.name}-monitor`, me, { labels, spec: monitor }, opts),
    operated("Probe", `${me.name}-probe`, me, { labels, spec: probe }, opts),
    ...declareWorkers(me, args, namespace, labels, opts),
  ];
  declareWayIn(`${me.name}-monitor-in`, me, me.selector, namespace, own.port, opts);
  declareDashboard(me, app, opts);
  return { ready: pulumi.all(made.map(({ id }) => id)).apply(() => me.name), gate: app.apply(gateQuery) };
}

/** A cluster that can't watch is found out before any pod changes. */
export function watchedFirst(given: Given, watch: Watch | undefined): Given {
  return watch ? { ...given, ready: pulumi.all([given.ready, watch.ready]).apply(([ready]) => ready) } : given;
}

function watched(me: Member, args: SloArgs, { health }: AppSettings): pulumi.Output<Watched> {
  const settings = sloSettings(args);
  const asked = [health.live, health.start, health.ready, health.verify, settings.metricsPath];
  const paths = [...new Set(asked.map((path) => path.split(/[?#]/)[0]!))];
  return pulumi.output(me.namespace).apply((namespace) => ({ name: me.name, namespace, paths, settings }));
}

function inside({ name, namespace }: Watched, { port, health }: AppSettings): string {
  return `http://${name}.${namespace}.svc:${port}${health.verify}`;
}

/** Of its other processes those that tell metrics: no Service sends to them. */
function declareWorkers(
  me: Member,
  { workers = {} }: AppArgs,
  from: string,
  labels: Record<string, string>,
  opts: Options,
): pulumi.CustomResource[] {
  return Object.entries(workers).flatMap(([process, { metricsPort }]) => {
    if (metricsPort === undefined) return [];
    const name = `${me.name}-${process}-monitor`;
    const pods = { "app.kubernetes.io/name": me.name, [processLabel]: process };
    declareWayIn(`${name}-in`, me, pods, from, metricsPort, opts);
    return [operated("PodMonitor", name, me, { labels, spec: podMonitorSpec(pods) }, opts)];
  });
}

/** Prometheus and the prober are let in to one port, and nobody else is. */
function declareWayIn(
  name: string,
  me: Member,
  matchLabels: Record<string, string>,
  namespace: string,
  port: number,
  opts: Options,
): void {
  const spec = into({ matchLabels }, fromNamespace(namespace), port);
  new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
}

function declareDashboard(me: Member, app: pulumi.Output<Watched>, opts: Options): void {
  const name = `${me.name}-dashboard`;
  const metadata = { ...me.metadata(name), labels: { ...me.labels, ...sidecarLabel } };
  const data = { [`${me.system}-${me.name}.json`]: app.apply((of) => dashboard(of, me)) };
  new k8s.core.v1.ConfigMap(name, { metadata, data }, opts);
}
