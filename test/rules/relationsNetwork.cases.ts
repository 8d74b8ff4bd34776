import { scaleTargetExists } from "../../core/rules/availability/autoscaling.ts";
import { undecided } from "../../core/rules/reading/field.ts";
import { routeBackends, routePorts } from "../../core/rules/relations/routeTargets.ts";
import { routesUnique } from "../../core/rules/relations/routeTwins.ts";
import { scalersUnique } from "../../core/rules/relations/scalerTwins.ts";
import { selectorsUnique } from "../../core/rules/relations/serviceTwins.ts";
import { statefulService } from "../../core/rules/relations/statefulService.ts";
import { manifest, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const service = (name: string, spec: object = {}) =>
  manifest("Service", { spec: { ports: [{ port: 80, name: "http" }], ...spec } }, { name });
const backend = (name: unknown, port: object = { number: 80 }) => ({ service: { name, port } });
export const ingress = (...rules: object[]) => manifest("Ingress", { spec: { rules } });
export const rule = (host: unknown, path: unknown = "/", to: unknown = backend("web")) => ({
  host,
  http: { paths: [{ path, backend: to }] },
});
const route = (reference: object, kind = "HTTPRoute") =>
  manifest(kind, { spec: { rules: [{ backendRefs: [reference] }] } });
const traefik = (reference: object) => manifest("IngressRoute", { spec: { routes: [{ services: [reference] }] } });

table(routeBackends, {
  refuses: {
    "a Service that is none": [ingress(rule("a.example", "/", backend("wbe"))), service("web")],
    "a default backend that is none": [
      manifest("Ingress", { spec: { defaultBackend: backend("wbe") } }),
      service("web"),
    ],
    "a route of a gateway": [route({ name: "wbe", port: 80 }), service("web")],
    "a route of Traefik": [traefik({ name: "wbe", port: 80 }), service("web")],
    "a share of Traefik's": [
      manifest("TraefikService", { spec: { weighted: { services: [{ name: "wbe", port: 80, weight: 10 }] } } }),
      service("web"),
    ],
    "a Service of another namespace": [
      route({ name: "api", port: 80 }),
      service("web"),
      { ...service("api"), metadata: { name: "api", namespace: "other" } },
    ],
  },
  passes: {
    "a Service of the stack": [ingress(rule("a.example")), service("web")],
    "one in the namespace that it names": [
      route({ name: "api", namespace: "other", port: 80 }),
      { ...service("api"), metadata: { name: "api", namespace: "other" } },
    ],
    "one made elsewhere": {
      set: { external: ["legacy-*"] },
      of: [ingress(rule("a", "/", backend("legacy-web"))), service("web")],
    },
    "a stack without Services": ingress(rule("a.example")),
    "a bucket behind a gateway": [route({ kind: "Bucket", name: "files" }), service("web")],
  },
});

table(routePorts, {
  refuses: {
    "a number that is none": [ingress(rule("a.example", "/", backend("web", { number: 8080 }))), service("web")],
    "a name that is none": [ingress(rule("a.example", "/", backend("web", { name: "https" }))), service("web")],
    "a pod's port in place of the Service's": [
      route({ name: "web", port: 3000 }),
      service("web", { ports: [{ port: 80, targetPort: 3000 }] }),
    ],
  },
  passes: {
    "a number": [ingress(rule("a.example")), service("web")],
    "a name": [ingress(rule("a.example", "/", backend("web", { name: "http" }))), service("web")],
    "a Service that is not the stack's": [ingress(rule("a.example", "/", backend("api"))), service("web")],
    "a name for another host": [
      ingress(rule("a.example", "/", backend("web", { number: 8080 }))),
      service("web", { type: "ExternalName", externalName: "a.example" }),
    ],
  },
});

const httpRoute = (name: string, ...rules: object[]) =>
  manifest("HTTPRoute", { spec: { hostnames: ["a.example"], rules } }, { name });
const match = (more: object = {}, filters: object[] = []) => ({
  matches: [{ path: { type: "PathPrefix", value: "/" }, ...more }],
  filters,
});
const onward = match({}, [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }]);
const first = (...rules: object[]) => ({ ...ingress(...rules), metadata: { name: "first", namespace: "other" } });
const canary = manifest(
  "Ingress",
  { spec: { rules: [rule("a.example")] } },
  { name: "canary", annotations: { "nginx.ingress.kubernetes.io/canary": "true" } },
);
const ingressRoute = (name: string, match: string, more: object = { services: [{ name: "web", port: 80 }] }) =>
  manifest("IngressRoute", { spec: { routes: [{ kind: "Rule", match, ...more }] } }, { name });

table(routesUnique, {
  refuses: {
    "an IngressRoute's that another takes": [
      ingressRoute("one", "Host(`a.example`) || Host(`b.example`)"),
      ingressRoute("two", "(Host(`b.example`)) && (PathPrefix(`/`))"),
    ],
    "a host and path that another takes": [ingress(rule("a.example")), first(rule("a.example"))],
    "a path that is left out, and so all": [ingress(rule("a.example", undefined)), first(rule("a.example", "/"))],
    "the same twice": ingress(rule("a.example"), rule("a.example")),
    "an HTTPRoute's that another takes": [httpRoute("one", match()), httpRoute("two", match())],
  },
  passes: {
    "another path": [ingress(rule("a.example", "/api")), first(rule("a.example"))],
    "another host": [ingress(rule("a.example")), first(rule("b.example"))],
    "a path alone beside all below it": [
      httpRoute("one", match(), { matches: [{ path: { type: "Exact", value: "/" } }] }),
    ],
    "an IngressRoute's of another path or host": [
      ingressRoute("one", "Host(`a.example`) && PathPrefix(`/api`)"),
      ingressRoute("two", "Host(`a.example`) && Path(`/api`)"),
      ingressRoute("three", "Host(`b.example`)"),
    ],
    "an IngressRoute that sends plain HTTP on": [
      ingressRoute("one", "Host(`a.example`)", { services: [{ kind: "TraefikService", name: "noop@internal" }] }),
      ingressRoute("two", "Host(`a.example`)"),
    ],
    "an IngressRoute for those with a header, or that goes first": [
      ingressRoute("one", "Host(`a.example`) && Header(`x-canary`, `1`)"),
      ingressRoute("two", "Host(`a.example`)", { priority: 9, services: [{ name: "web" }] }),
      ingressRoute("three", "Host(`a.example`)"),
    ],
    "an HTTPRoute that sends plain HTTP on": [httpRoute("one", onward), httpRoute("two", match())],
    "an HTTPRoute for those with a header": [
      httpRoute("one", match({ headers: [{ name: "x-canary", value: "1" }] })),
      httpRoute("two", match()),
    ],
    "a share for a new version": [canary, first(rule("a.example"))],
  },
});

table(selectorsUnique, {
  refuses: {
    "the labels of another": [
      service("b", { selector: { app: "web", part: "x" } }),
      service("a", { selector: { part: "x", app: "web" } }),
    ],
  },
  passes: {
    "labels of its own": [service("b", { selector: { app: "api" } }), service("a", { selector: { app: "web" } })],
    "a headless one beside it": [
      service("b", { selector: { app: "db" }, clusterIP: "None" }),
      service("a", { selector: { app: "db" } }),
    ],
    "none at all": [service("b"), service("a")],
  },
});

export const stateful = (spec: object) =>
  manifest("StatefulSet", { spec: { template: { spec: {} }, replicas: 3, ...spec } });
table(statefulService, {
  refuses: {
    "a Service that is none": [stateful({ serviceName: "bd" }), service("db")],
    "no name": stateful({}),
    "one that is not headless": [stateful({ serviceName: "db" }), service("db")],
    "one that is not, for a single pod": {
      set: { always: true },
      of: [stateful({ serviceName: "db", replicas: 1 }), service("db")],
    },
  },
  passes: {
    "a headless one": [stateful({ serviceName: "db" }), service("db", { clusterIP: "None" })],
    "any, for a single pod": [stateful({ serviceName: "db", replicas: 1 }), service("db")],
    "one made elsewhere": { set: { external: ["db"] }, of: stateful({ serviceName: "db" }) },
  },
});

export const scaler = (name: unknown, kind = "HorizontalPodAutoscaler", target: object = { kind: "Deployment" }) =>
  manifest(kind, { spec: { scaleTargetRef: { ...target, name } } }, { name: `${kind.toLowerCase()}-${String(name)}` });
const again = { ...scaler("web"), metadata: { name: "again", namespace: "shop" } };
table(scalersUnique, {
  refuses: {
    "two for one Deployment": [again, scaler("web")],
    "KEDA beside another": [scaler("web", "ScaledObject", {}), scaler("web")],
  },
  passes: {
    "one for each": [again, scaler("api")],
    "a StatefulSet of the same name": [again, scaler("web", "HorizontalPodAutoscaler", { kind: "StatefulSet" })],
    "one alone that is not known yet": scaler(undecided),
  },
});

const vertical = (name: string) =>
  manifest("VerticalPodAutoscaler", { spec: { targetRef: { kind: "Deployment", name } } });
table(scaleTargetExists, {
  refuses: {
    "a target that is none": scaler("api"),
    "a vertical one's": [vertical("api"), withPod({})],
    "KEDA's": [scaler("api", "ScaledObject", {}), withPod({})],
  },
  passes: {
    "a Deployment of the stack": [scaler("web"), withPod({})],
    "a vertical one's": [vertical("web"), withPod({})],
  },
});
