import { policyStaysInside } from "../../core/rules/network/policyStaysInside.ts";
import { corsServed } from "../../core/rules/relations/corsServed.ts";
import { monitored } from "../../core/rules/relations/monitored.ts";
import { defaultDeny, namespaceBounds } from "../../core/rules/relations/namespaces.ts";
import { manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const namespace = { kind: "Namespace", metadata: { name: "shop" } };
const policy = (spec: object, place = "shop") =>
  manifest("NetworkPolicy", { spec: { podSelector: {}, ...spec } }, { namespace: place });
const both = ["Ingress", "Egress"];
table(defaultDeny, {
  refuses: {
    "no policy": namespace,
    "one for ingress alone": [namespace, policy({ policyTypes: ["Ingress"] })],
    "one that lets everything through": [namespace, policy({ policyTypes: both, ingress: [{}], egress: [{}] })],
    "one for some pods": [namespace, policy({ podSelector: { matchLabels: { app: "web" } }, policyTypes: both })],
    "one in another namespace": [namespace, policy({ policyTypes: both }, "other")],
  },
  passes: {
    "one for both": [namespace, policy({ policyTypes: both })],
    "one for each": [
      namespace,
      policy({}),
      { ...policy({ policyTypes: ["Egress"] }), metadata: { name: "out", namespace: "shop" } },
    ],
    "one that is closed elsewhere": { set: { external: ["shop"] }, of: namespace },
    "ingress alone, where that is enough": { set: { directions: ["Ingress"] }, of: [namespace, policy({})] },
  },
});

const bound = (kind: string, place = "shop") => manifest(kind, { spec: {} }, { namespace: place });
table(namespaceBounds, {
  refuses: {
    neither: namespace,
    "a quota alone": [namespace, bound("ResourceQuota")],
    "both in another": [namespace, bound("ResourceQuota", "other"), bound("LimitRange", "other")],
  },
  passes: { both: [namespace, bound("ResourceQuota"), bound("LimitRange")] },
});

const peer = (namespaceSelector: object, direction = "ingress") =>
  policy({ [direction]: [{ [direction === "ingress" ? "from" : "to"]: [{ namespaceSelector }] }] });
const named = (name: string) => ({ matchLabels: { "kubernetes.io/metadata.name": name } });
table(policyStaysInside, {
  refuses: {
    "staging's namespace": peer(named("shop-staging")),
    "a way out to it": peer(named("shop-dev"), "egress"),
    "another environment by its label": peer({ matchLabels: { "palier.dev/environment": "staging" } }),
    "one of several names": peer({
      matchExpressions: [
        { key: "kubernetes.io/metadata.name", operator: "In", values: ["shop-production", "shop-pr-12"] },
      ],
    }),
  },
  passes: {
    "its own namespace": peer(named("shop-production")),
    "the controller's": peer(named("ingress-nginx")),
    "its own environment": peer({ matchLabels: { "palier.dev/environment": "prod" } }),
    "all but another": peer({
      matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["shop-staging"] }],
    }),
    "every namespace": peer({}),
  },
});

const origins = (value: string) => withContainer({ env: [{ name: "CORS_ALLOW_ORIGINS", value }] });
const route = (host: string) => manifest("HTTPRoute", { spec: { hostnames: [host] } });
table(corsServed, {
  refuses: {
    "a host that nothing serves": [origins("https://old.example"), route("app.example")],
    "one of several": [origins("https://app.example,https://old.example"), route("app.example")],
    "one in a ConfigMap": [
      manifest("ConfigMap", { data: { CORS_ORIGINS: "https://old.example" } }),
      route("app.example"),
    ],
  },
  passes: {
    "a host that a route takes": [origins("https://app.example"), route("app.example")],
    "a host with a port": [origins("https://app.example:8443"), route("app.example")],
    "a host below a wildcard": [origins("https://a.app.example"), route("*.app.example")],
    "an Ingress": [origins("https://app.example"), manifest("Ingress", { spec: { rules: [{ host: "app.example" }] } })],
    "one served elsewhere": { set: { external: ["*.vercel.app"] }, of: [origins("https://a.vercel.app"), route("b")] },
    "a stack without routes": origins("https://app.example"),
    "one's own machine": [origins("http://localhost:5173"), route("app.example")],
  },
});

const web = withPod({});
const service = manifest("Service", { spec: { selector: { app: "web" } } }, { labels: { app: "web" } });
const alerts = manifest("PrometheusRule", { spec: { groups: [] } });
const watches = (kind: string, labels: object, more: object = {}) =>
  manifest(kind, { spec: { selector: { matchLabels: labels }, ...more } }, { namespace: "monitoring" });
const here = { namespaceSelector: { matchNames: ["shop"] } };
table(monitored, {
  refuses: {
    "what nothing watches": [web, service, alerts],
    "a monitor for another": [web, service, alerts, watches("ServiceMonitor", { app: "api" }, here)],
    "a monitor of another namespace": [web, service, alerts, watches("ServiceMonitor", { app: "web" })],
    "what nothing alerts about": [web, service, watches("ServiceMonitor", { app: "web" }, here)],
  },
  passes: {
    "a monitor for its Service": [web, service, alerts, watches("ServiceMonitor", { app: "web" }, here)],
    "a monitor for its pods": [
      web,
      service,
      alerts,
      watches("PodMonitor", { app: "web" }, { namespaceSelector: { any: true } }),
    ],
    "an annotation": [
      withPod({}, { labels: { app: "web" }, annotations: { "prometheus.io/scrape": "true" } }),
      service,
      alerts,
    ],
    "what no Service sends to": web,
  },
});
