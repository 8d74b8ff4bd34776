import { finding, notDecided } from "../finding.ts";
import { judge } from "../judge.ts";
import { notInDev } from "../levels.ts";
import { isOff } from "../nameWords.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import type { Finding } from "../rule.ts";

const demands = ["R-18", "R-33", "R-41"];

/** Annotations by which controllers send plain HTTP on to HTTPS; each does so unless told not to. */
const redirect = /(^|[./])(force-)?ssl-redirect$|\/redirect-to-https$|\/force-ssl-redirect$/;

export const httpsRedirect = objectRule(
  {
    id: "https-redirect",
    description: "Who comes by plain HTTP is sent on to HTTPS: no Ingress switches that off.",
    why: "The first request, with its cookies, goes in clear, and who stands between can keep it so.",
    severity: "high",
    levels: notInDev,
    demands,
  },
  ["Ingress", "IngressRoute"],
  (root, { object: { kind, partial } }) => {
    const annotations = root.at("metadata", "annotations");
    const stated = annotations.entries().flatMap((field) => {
      const fix = "leave it out, or set it so that HTTPS is asked for";
      if (field.unknown && field.key === "annotations") return [notDecided(field)];
      const wrong = meaningOf(field.key);
      if (wrong === undefined) return [];
      return judge(field, ({ text = "" }) =>
        wrong(text) ? [finding(field, { problem: "serves plain HTTP", fix, value: text })] : [],
      );
    });
    return kind === "IngressRoute" && !partial ? [...stated, ...plainEntry(root)] : stated;
  },
);

/** What an annotation says when it lets plain HTTP through. */
function meaningOf(key: string): ((text: string) => boolean) | undefined {
  if (redirect.test(key)) return isOff;
  if (key === "kubernetes.io/ingress.allow-http") return (text) => text === "true";
  if (key === "traefik.ingress.kubernetes.io/router.tls") return isOff;
  if (key === "traefik.ingress.kubernetes.io/router.entrypoints")
    return (text) => text.split(",").some((one) => /^(web|http)$/.test(one.trim()));
  return undefined;
}

/** Traefik's own route, on an entry point without TLS; one whose middleware redirects is let pass. */
function plainEntry(root: Field): Finding[] {
  const points = root.at("spec", "entryPoints");
  const middlewares = root
    .at("spec", "routes")
    .items()
    .flatMap((route) => route.at("middlewares").items());
  const tls = root.at("spec", "tls");
  if (tls.open) return [notDecided(tls)];
  if (!tls.absent) return [];
  if (middlewares.some((one) => /redirect|https/i.test(one.at("name").text ?? ""))) return [];
  const open = [points, ...points.items(), ...middlewares].find(({ unknown }) => unknown);
  if (open) return [notDecided(open)];
  const fix = "write tls, or a middleware that redirects to HTTPS";
  const safe = points.items().length > 0 && points.items().every(({ text }) => /secure|https|tls/i.test(text ?? ""));
  return safe ? [] : [finding(tls, { problem: "is not set: the route serves plain HTTP", fix })];
}

const plainPorts = /^(80|8080|8000)$/;
const isPlain = (port: Field) =>
  /^http(-|$)/.test(port.at("name").text ?? "") ||
  port.at("appProtocol").text === "http" ||
  plainPorts.test(port.at("port").text ?? "");

/** Load balancers that the cloud keeps within its own network. */
const internal = /load-?balancer[\w-]*-(internal|private)|internal-load-balancer/i;

export const noPlainLoadBalancer = objectRule(
  {
    id: "no-plain-load-balancer",
    description: "No Service opens plain HTTP to the outside without HTTPS beside it.",
    why: "All that users send and read goes in clear past everybody on the way.",
    severity: "high",
    levels: notInDev,
    demands,
  },
  ["Service"],
  (root, { object: { partial } }) => {
    if (partial) return [];
    const ports = root.at("spec", "ports").items();
    const annotations = root.at("metadata", "annotations").entries();
    if (annotations.some(({ key, text }) => internal.test(key) && !isOff(text ?? ""))) return [];
    if (annotations.some(({ text }) => /^internal$/i.test(text ?? ""))) return [];
    return judge(root.at("spec", "type"), ({ text }) => {
      if (text !== "LoadBalancer") return [];
      const secure = ports.some(
        (port) => /^(443|8443)$/.test(port.at("port").text ?? "") || /^https|tls/.test(port.at("name").text ?? ""),
      );
      const open = ports.find((port) => port.unknown || port.at("port").unknown);
      if (secure) return [];
      const plain = ports.find((port) => !port.unknown && isPlain(port));
      if (!plain) return open ? [notDecided(open)] : [];
      const fix = "use ClusterIP behind an Ingress or a Gateway with TLS, or serve HTTPS";
      return [
        finding(plain.at("port"), { problem: "is plain HTTP, open to the outside", fix, value: plain.at("port").text }),
      ];
    });
  },
);
