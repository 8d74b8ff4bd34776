import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { below } from "../argument.ts";
import type { Member } from "../environment/member.ts";
import type { EngineName } from "../rollout/engine/name.ts";
import { declareCertificate } from "./certificate.ts";
import { certificateHooks } from "./certificateHooks.ts";
import type { CheckedEdge } from "./checkEdge.ts";
import { challenge, inFromEdge } from "./network.ts";
import { type Annotations, type Custom, objectName } from "./objects.ts";
import { planned } from "./planned.ts";
import { type Beside, edgeSettings, hostsOf } from "./settings.ts";
import { transport, transportAnnotations } from "./traefik.ts";

/** The app's Service, and the port that it and its pods have. */
export interface Served {
  service: string;
  port: number;
  /** It gets a share, which releases change. */
  weighed?: boolean;
  /** Who changes it, where the update itself does not. */
  engine?: EngineName;
  /** What has a share beside it. */
  beside?: Beside;
  /** Of what leads to it, and of what gives shares. */
  hooks?: { route?: pulumi.ResourceHookBinding; weighed?: pulumi.ResourceHookBinding };
}

/** How the world knows the app: `https://avnir.studio`. */
export function urlOf({ tls, args }: CheckedEdge): string {
  return `${tls ? "https" : "http"}://${args.host}`;
}

/** Opens the app to the controller, and the controller to the world. Returns the objects that lead to it. */
export function declareEdge(
  me: Member,
  served: Served,
  checked: CheckedEdge,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { args, controller, tls, path, cluster } = checked;
  const { name, namespace } = me;
  const certificate = tls && declareCertificate(me, tls, hostsOf(args), opts);
  const edge = edgeSettings(args, {
    name,
    namespace,
    controller,
    backend: served,
    weighed: served.weighed ?? false,
    engine: served.engine,
    beside: served.beside,
    certificate,
  });
  const waits = declarePolicies(me, served.port, checked, opts);
  const { before, ingress, routes } = planned(edge);
  const hooks = tls && certificateHooks(below(below(path, "tls"), "secret"), me, tls, hostsOf(args), cluster);
  const { route: read, weighed } = served.hooks ?? {};
  const ofKind: Record<string, pulumi.ResourceHookBinding | undefined> = { Gateway: hooks, TraefikService: weighed };
  const first = before.map((one) => declareCustom(me, one, { ...opts, hooks: ofKind[one.kind] }));
  const after = { ...opts, dependsOn: [...first, ...waits, ...dependencies(opts)] };
  const main = { ...after, hooks: joined(read, weighed) };
  const withTls = { ...after, hooks: joined(hooks, read) };
  const objects: pulumi.Resource[] = [...first];
  if (ingress) {
    const { annotations, spec } = ingress;
    // Not every controller tells the Ingress its address, for which the provider would wait.
    const metadata = {
      ...me.metadata(objectName(name)),
      annotations: { ...annotations, "pulumi.com/skipAwait": "true" },
    };
    objects.push(new k8s.networking.v1.Ingress(objectName(name), { metadata, spec }, withTls));
  }
  const usual = (route: Custom) => (route.role === "" ? main : after);
  for (const route of routes) objects.push(declareCustom(me, route, namesTls(route) ? withTls : usual(route)));
  return objects;
}

/** What the Service of the app has to say so that the controller does as it was told. */
export function declareTransport(
  me: Member,
  { args: { timeoutSeconds }, controller }: CheckedEdge,
  opts: pulumi.CustomResourceOptions,
): Annotations | undefined {
  if (controller.way !== "traefik" || timeoutSeconds === undefined) return undefined;
  return transportAnnotations(me.namespace, declareCustom(me, transport(timeoutSeconds), opts).metadata.name);
}

function declarePolicies(
  me: Member,
  port: number,
  { args: { maintenance }, controller, tls }: CheckedEdge,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const page = maintenance?.page;
  const opened = {
    in: inFromEdge(controller, me.selector, port),
    ...(page && { "page-in": inFromEdge(controller, page.selector!, page.port) }),
    ...((tls?.issuer || tls?.clusterIssuer) && {
      "challenge-in": inFromEdge(controller, challenge.pods, challenge.port),
    }),
  };
  return Object.entries(opened).map(([role, spec]) => {
    const name = objectName(me.name, role);
    return new k8s.networking.v1.NetworkPolicy(name, { metadata: me.metadata(name), spec }, opts);
  });
}

function declareCustom(me: Member, { role, ...own }: Custom, opts: pulumi.CustomResourceOptions) {
  const { apiVersion, kind, spec, annotations } = own;
  const name = objectName(me.name, role);
  const metadata = { ...me.metadata(name), ...(annotations && { annotations }) };
  return new k8s.apiextensions.CustomResource(name, { apiVersion, kind, metadata, spec }, opts);
}

/** A Gateway and an Ingress name the certificate, and so does what stands in the Ingress's place. */
function namesTls({ kind, role }: Custom): boolean {
  return kind === "IngressRoute" && role === "";
}

/** Of one object, for two reasons. */
function joined(...all: (pulumi.ResourceHookBinding | undefined)[]): pulumi.ResourceHookBinding {
  const pairs = all.flatMap((hooks) => Object.entries(hooks ?? {}) as [string, unknown[]][]);
  const names = new Set(pairs.map(([name]) => name));
  return Object.fromEntries(
    [...names].map((name) => [name, pairs.flatMap(([other, hooks]) => (other === name ? hooks : []))]),
  );
}

function dependencies({ dependsOn = [] }: pulumi.CustomResourceOptions): pulumi.Resource[] {
  return (Array.isArray(dependsOn) ? dependsOn : [dependsOn]) as pulumi.Resource[];
}
