import {
  configMap,
  deployment,
  env,
  image,
  ingress,
  object,
  secretObject,
  withEnv,
  workload,
  workloadTypes,
} from "./manifests.ts";
import { unknown } from "./preview.ts";
import { advises, leavesOpen, passes, refuses } from "./tables.ts";

const policy = "no-open-cors";
const rows = "AV-11 MP-63 P-01";

const nginx = "nginx.ingress.kubernetes.io";
const route = (filter: object) =>
  object("gateway.networking.k8s.io/v1:HTTPRoute", { spec: { rules: [{ filters: [filter] }] } });
const middleware = (headers: object) => object("traefik.io/v1alpha1:Middleware", { spec: { headers } });

describe("no-open-cors: container settings", () => {
  refuses(policy, rows, {
    "*": {
      given: withEnv({ CORS_ORIGIN: "*" }),
      says: /Deployment "api", container "api": .*env\[0\]\.value \(CORS_ORIGIN\) = "\*" lets/,
    },
    "* among exact origins": { given: withEnv({ CORS_ALLOW_ORIGINS: "*,https://a.example" }) },
    "* with spaces around": { given: withEnv({ CORS_ORIGIN: " * " }) },
    null: { given: withEnv({ CORS_ORIGIN: "null" }) },
    "https://*": { given: withEnv({ CORS_ALLOWED_ORIGINS: "https://*" }) },
    "a wildcard host": { given: withEnv({ CORS_ALLOWED_ORIGINS: "https://*.avnir.example" }) },
    "the pattern .*": { given: withEnv({ CORS_ORIGIN: ".*" }) },
    "an anchored pattern": { given: withEnv({ CORS_ALLOWED_ORIGIN_REGEXES: "^https://.+$" }) },
    "a JSON list": { given: withEnv({ CORS_ORIGINS: '["https://a.example", "*"]' }) },
    "true, which reflects any origin": { given: withEnv({ CORS_ORIGIN: "true" }) },
    "Django's switch for all": { given: withEnv({ CORS_ALLOW_ALL_ORIGINS: "True" }) },
    "other spellings of the name": { given: withEnv({ API_ALLOWED_ORIGINS: "*" }) },
    "camel case": { given: withEnv({ corsOrigin: "*" }) },
    "http in production": { given: withEnv({ CORS_ORIGIN: "http://avnir.example" }), says: /https/ },
    "a flag": { given: deployment({ args: ["--cors-origin", "*"] }), says: /args\[0\]/ },
    "a flag with =": { given: deployment({ args: ["serve", "--cors-allowed-origins=*"] }) },
    "an assignment in a shell line": { given: deployment({ command: ["sh", "-c", "CORS_ORIGIN='*' node main.js"] }) },
    "a variable put together": { given: withEnv({ ANY: "*", CORS_ORIGIN: "$(ANY)" }) },
    "an init container": {
      given: workload({
        initContainers: [{ name: "proxy", image, restartPolicy: "Always", env: env({ CORS_ORIGIN: "*" }) }],
      }),
      says: /container "proxy": spec\.template\.spec\.initContainers\[0\]/,
    },
    "an ephemeral container": {
      given: workload(
        { ephemeralContainers: [{ name: "debug", image, env: env({ CORS_ORIGIN: "*" }) }] },
        "core/v1:Pod",
      ),
    },
    "a header in a script": {
      given: configMap({ "nginx.conf": "add_header 'Access-Control-Allow-Origin' '*' always;" }),
    },
    "a ConfigMap key": { given: configMap({ CORS_ORIGIN: "*" }), says: /ConfigMap "settings": data\.CORS_ORIGIN/ },
    "a YAML file in a ConfigMap": {
      given: configMap({ "app.yaml": "server:\n  cors:\n    allowedOrigins:\n      - '*'\n" }),
      says: /line 4/,
    },
    "a JSON file in a ConfigMap": { given: configMap({ "app.json": '{"cors":{"origin":"*"}}' }) },
    "a properties file in a ConfigMap": { given: configMap({ "app.properties": "a=1\nquarkus.http.cors.origins=*" }) },
    "a Secret's key, without showing it": {
      given: secretObject({ stringData: { CORS_ORIGIN: "*" } }),
      says: /stringData\.CORS_ORIGIN lets/,
    },
    "base64 in a Secret": { given: secretObject({ data: { CORS_ORIGIN: Buffer.from("*").toString("base64") } }) },
    "all of a workload in a list": {
      given: object("apps/v1:DeploymentList", { items: [withEnv({ CORS_ORIGIN: "*" }).props] }),
    },
    "a patch": { given: { ...withEnv({ CORS_ORIGIN: "*" }), type: "kubernetes:apps/v1:DeploymentPatch" } },
    "an object whose inputs lie about its kind": {
      given: { ...withEnv({ CORS_ORIGIN: "*" }), props: { ...withEnv({ CORS_ORIGIN: "*" }).props, kind: "Note" } },
    },
  });

  refuses(
    policy,
    rows,
    Object.fromEntries(
      workloadTypes.map((type) => [
        `* in ${type}`,
        { given: workload({ containers: [{ name: "api", image, env: env({ CORS_ORIGIN: "*" }) }] }, type) },
      ]),
    ),
  );

  const fromConfigMap = { configMapKeyRef: { name: "settings", key: "x" } };
  refuses(policy, rows, {
    "a variable read from a ConfigMap": {
      given: [configMap({ x: "*" }), withEnv({ CORS_ORIGIN: fromConfigMap })],
      says: /Deployment "api".*configMapKeyRef/,
    },
    "a ConfigMap that comes after its reader": {
      given: [withEnv({ CORS_ORIGIN: fromConfigMap }), configMap({ x: "*" })],
      says: /ConfigMap "settings": data\.x, read by Deployment "api" \(CORS_ORIGIN\) = "\*"/,
    },
    "a variable read from a Secret": {
      given: [
        secretObject({ stringData: { x: "*" } }),
        withEnv({ CORS_ORIGIN: { secretKeyRef: { name: "keys", key: "x" } } }),
      ],
    },
    "a name made by envFrom's prefix": {
      given: [
        configMap({ ORIGIN_LIST: "*" }),
        deployment({ envFrom: [{ prefix: "CORS_", configMapRef: { name: "settings" } }] }),
      ],
    },
  });

  passes(policy, rows, {
    "exact https origins": {
      given: withEnv({ CORS_ORIGINS: "https://avnir.example, https://www.avnir.example:8443" }),
    },
    "no origin at all": { given: withEnv({ CORS_ORIGIN: "" }) },
    "a list of exact origins in JSON": { given: withEnv({ CORS_ORIGINS: '["https://avnir.example"]' }) },
    "other CORS settings": {
      given: withEnv({
        CORS_METHODS: "*",
        CORS_ALLOW_HEADERS: "*",
        CORS_MAX_AGE: "600",
        CORS_CREDENTIALS: "true",
        CORS_ENABLED: "true",
      }),
    },
    "the switch for all turned off": { given: withEnv({ CORS_ALLOW_ALL_ORIGINS: "False" }) },
    "* elsewhere": { given: withEnv({ ALLOWED_HOSTS: "*", GLOB: "*" }) },
    "* in dev": { stack: "dev", given: withEnv({ CORS_ORIGIN: "*" }) },
    "a local page over http": { given: withEnv({ CORS_ORIGIN: "http://localhost:3000" }) },
    "a ConfigMap with exact origins": {
      given: [configMap({ x: "https://a.example" }), withEnv({ CORS_ORIGIN: fromConfigMap })],
    },
    "a ConfigMap of another namespace": {
      given: [
        object("core/v1:ConfigMap", { data: { x: "*" } }, { name: "settings", namespace: "other" }),
        withEnv({ OTHER: fromConfigMap }),
      ],
    },
  });

  refuses(policy, rows, {
    "wildcards in staging": { stack: "staging", given: withEnv({ CORS_ORIGIN: "*" }) },
    "wildcards in préprod's ASCII name": { stack: "preprod", given: withEnv({ CORS_ORIGIN: "*" }) },
    "wildcards in a stack of unknown name": { stack: "live", given: withEnv({ CORS_ORIGIN: "*" }) },
  });
  advises(policy, rows, {
    "http in staging": { stack: "staging", given: withEnv({ CORS_ORIGIN: "http://staging.avnir.example" }) },
    "wildcards in a review environment": { stack: "pr-12", given: withEnv({ CORS_ORIGIN: "*" }) },
  });

  leavesOpen(policy, rows, {
    "an unknown origin": { given: withEnv({ CORS_ORIGIN: unknown }), says: /env\[0\]\.value/ },
    "unknown variables": { given: deployment({ env: unknown }) },
    "one unknown variable among others": { given: deployment({ env: [unknown, { name: "PORT", value: "1" }] }) },
    "an unknown name": { given: deployment({ env: [{ name: unknown, value: "*" }] }) },
    "an unknown pod spec": { given: workload(unknown) },
    "an unknown spec": { given: object("apps/v1:Deployment", { spec: unknown }) },
    "unknown data": { given: configMap(unknown) },
    "an unknown value behind a reference": {
      given: [configMap({ x: unknown }), withEnv({ CORS_ORIGIN: fromConfigMap })].slice(1),
      says: /reads ConfigMap "settings"/,
    },
    "a reference to an unknown ConfigMap": {
      given: withEnv({ CORS_ORIGIN: { configMapKeyRef: { name: unknown, key: "x" } } }),
    },
    "envFrom an unknown source": { given: deployment({ envFrom: [unknown] }) },
    "unknown arguments": { given: deployment({ args: ["serve", unknown] }) },
  });

  refuses(policy, rows, {
    "what is known beside what is not": {
      given: deployment({ image: unknown, env: [unknown, { name: "CORS_ORIGIN", value: "*" }] }),
    },
  });
});

describe("no-open-cors: routes", () => {
  refuses(policy, rows, {
    "nginx with CORS on and no origin, whose default is *": {
      given: ingress({ [`${nginx}/enable-cors`]: "true" }),
      says: /enable-cors.*without/,
    },
    "nginx with CORS on and an empty origin": {
      given: ingress({ [`${nginx}/enable-cors`]: "true", [`${nginx}/cors-allow-origin`]: "" }),
    },
    "nginx with *": { given: ingress({ [`${nginx}/enable-cors`]: "true", [`${nginx}/cors-allow-origin`]: "*" }) },
    "a snippet": {
      given: ingress({ [`${nginx}/configuration-snippet`]: 'more_set_headers "Access-Control-Allow-Origin: *";' }),
    },
    "a snippet that reflects the origin": {
      given: ingress({ [`${nginx}/server-snippet`]: "add_header Access-Control-Allow-Origin $http_origin;" }),
    },
    "haproxy-ingress with no origin": { given: ingress({ "haproxy-ingress.github.io/cors-enable": "true" }) },
    "haproxy with *": { given: ingress({ "haproxy.org/cors-enable": "true", "haproxy.org/cors-allow-origin": "*" }) },
    "haproxy with an origin that longer ones fit": {
      given: ingress({ "haproxy.org/cors-enable": "true", "haproxy.org/cors-allow-origin": "https://a.example" }),
    },
    "haproxy with an origin of any character in place of a dot": {
      given: ingress({ "haproxy.org/cors-enable": "true", "haproxy.org/cors-allow-origin": "^(https://a.example)$" }),
    },
    "haproxy's header": { given: ingress({ "haproxy.org/response-set-header": 'Access-Control-Allow-Origin "*"' }) },
    "traefik's header annotation": {
      given: ingress({ "ingress.kubernetes.io/custom-response-headers": "Access-Control-Allow-Origin:*" }),
    },
    "an HTTPRoute's CORS filter": {
      given: route({ type: "CORS", cors: { allowOrigins: ["https://a.example", "*"] } }),
      says: /allowOrigins\[1\]/,
    },
    "an HTTPRoute's CORS filter with a wildcard host": {
      given: route({ type: "CORS", cors: { allowOrigins: ["https://*.example"] } }),
    },
    "an HTTPRoute's header": {
      given: route({
        type: "ResponseHeaderModifier",
        responseHeaderModifier: { set: [{ name: "access-control-allow-origin", value: "*" }] },
      }),
    },
    "a Traefik middleware's list": { given: middleware({ accessControlAllowOriginList: ["*"] }) },
    "a Traefik middleware's patterns": { given: middleware({ accessControlAllowOriginListRegex: ["^https://.*$"] }) },
    "a Traefik middleware's header": {
      given: middleware({ customResponseHeaders: { "Access-Control-Allow-Origin": "*" } }),
    },
    "an Istio virtual service": {
      given: object("networking.istio.io/v1:VirtualService", {
        spec: { http: [{ corsPolicy: { allowOrigins: [{ regex: ".*" }] } }] },
      }),
    },
    "a Contour proxy": {
      given: object("projectcontour.io/v1:HTTPProxy", {
        spec: { virtualhost: { corsPolicy: { allowOrigin: ["*"] } } },
      }),
    },
    "an Envoy Gateway policy": {
      given: object("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", { spec: { cors: { allowOrigins: ["*"] } } }),
    },
  });

  passes(policy, rows, {
    "nginx with an exact origin": {
      given: ingress({ [`${nginx}/enable-cors`]: "true", [`${nginx}/cors-allow-origin`]: "https://a.example" }),
    },
    "HAProxy's pattern of exact origins": {
      given: ingress({
        "haproxy.org/cors-enable": "true",
        "haproxy.org/cors-allow-origin": "^(https://a[.]example|https://b\\.example:8443)$",
      }),
    },
    "nginx with CORS off": { given: ingress({ [`${nginx}/enable-cors`]: "false" }) },
    "an exact origin in a snippet": {
      given: ingress({
        [`${nginx}/configuration-snippet`]: 'more_set_headers "Access-Control-Allow-Origin: https://a.example";',
      }),
    },
    "no CORS": { given: ingress({ [`${nginx}/ssl-redirect`]: "true" }) },
    "exact origins in an HTTPRoute": {
      given: route({
        type: "CORS",
        cors: { allowOrigins: ["https://a.example"], allowMethods: ["*"], allowHeaders: ["*"] },
      }),
    },
    "exact origins in a middleware": {
      given: middleware({ accessControlAllowOriginList: ["https://a.example"], accessControlAllowMethods: ["*"] }),
    },
  });

  leavesOpen(policy, rows, {
    "unknown annotations": { given: ingress(unknown), says: /metadata\.annotations/ },
    "an unknown switch": { given: ingress({ [`${nginx}/enable-cors`]: unknown }) },
    "an unknown origin": {
      given: ingress({ [`${nginx}/enable-cors`]: "true", [`${nginx}/cors-allow-origin`]: unknown }),
    },
    "an unknown list": { given: route({ type: "CORS", cors: { allowOrigins: unknown } }) },
    "an unknown header": {
      given: route({
        type: "ResponseHeaderModifier",
        responseHeaderModifier: { set: [{ name: "Access-Control-Allow-Origin", value: unknown }] },
      }),
    },
    "an unknown middleware": { given: object("traefik.io/v1alpha1:Middleware", { spec: unknown }) },
  });
});
