import type { Workload } from "../../core/records/shapeRecord.ts";
import { envParity } from "../../core/rules/parity/envParity.ts";
import { liveIdentity } from "../../core/rules/parity/liveIdentity.ts";
import { image, type Manifest, manifest, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const stack = manifest("Stack", {}, { name: "shop-production" });
const record = (workloads: Record<string, Workload>) => ({
  version: 1 as const,
  system: "shop",
  environment: "staging",
  workloads,
});

const api = { image, variables: ["DATABASE_URL"], open: false };
const web = (container: object = {}, name = "web"): Workload => ({
  kind: "Deployment",
  name,
  containers: { api: { ...api, ...container } },
  fixed: {},
});
const staging = (...workloads: Workload[]) => ({
  shapes: { before: { environment: "staging", record: record(Object.fromEntries(workloads.entries())) } },
});
const running = (fields: object = {}) => withContainer({ env: [{ name: "DATABASE_URL", value: "x" }], ...fields });
const against = (before: readonly Workload[], ...here: Manifest[]) =>
  ({ around: staging(...before), of: [stack, ...here] }) as const;
const postgres = (version: string) => withContainer({ image: `registry.example/postgres:${version}` });
const staged = (version: string) => web({ image: `postgres:${version}`, variables: [] });

table(envParity, {
  refuses: {
    "a variable that staging has, and this does not": against(
      [web({ variables: ["DATABASE_URL", "MAIL_URL"] })],
      running(),
    ),
    "one that staging has not": against([web({ variables: [] })], running()),
    "a variable of a ConfigMap": against(
      [web({ variables: [] })],
      withContainer({ envFrom: [{ configMapRef: { name: "settings" } }] }),
      manifest("ConfigMap", { data: { MAIL_URL: "x" } }, { name: "settings" }),
    ),
    "another version": against([web({ image: "api:1" })], running({ image: "api:2" })),
    "another digest": against([web({ image: image.replaceAll("a", "b") })], running()),
    "another major version of a database, in staging": {
      around: { stage: "staging", ...staging(staged("16.9")) },
      of: [stack, postgres("17.2-alpine")],
    },
    "another database": against([staged("17")], withContainer({ image: "redis:8" })),
    "a workload that staging has not": against([], running()),
    "one that only staging has": against([web(), web({}, "worker")], running()),
    "a container beside": against(
      [web()],
      withPod({
        containers: [
          { name: "api", image, env: [{ name: "DATABASE_URL", value: "x" }] },
          { name: "proxy", image },
        ],
      }),
    ),
  },
  passes: {
    "the same, with other values": against([web()], running({ env: [{ name: "DATABASE_URL", value: "another" }] })),
    "names that differ by the environment's": against([web({}, "web")], {
      ...running(),
      metadata: { name: "web-production", namespace: "shop-production" },
    }),
    "a name that Pulumi made": against([web()], {
      ...running(),
      metadata: { name: "web-1a2b3c4d", namespace: "shop", annotations: { "pulumi.com/autonamed": "true" } },
    }),
    "the same image from another registry": against(
      [web({ image: image.replace("registry.example", "eu.example:5000") })],
      running(),
    ),
    "an image of dev's own, in staging": {
      around: { stage: "staging", ...staging(web({ image: "localhost:5000/api:dev" })) },
      of: [stack, running()],
    },
    "a minor version, in staging": {
      around: { stage: "staging", ...staging(staged("17.1")) },
      of: [stack, postgres("17.2")],
    },
    "a workload that may be alone": {
      set: { except: ["*-backup"] },
      of: against([web(), web({}, "db-backup")], running()),
    },
    "a variable that may be alone": {
      set: { variables: ["MAIL_*"] },
      of: against([web({ variables: ["DATABASE_URL", "MAIL_URL"] })], running()),
    },
    "replicas and resources of its own": against(
      [web()],
      withPod(
        {
          containers: [
            { name: "api", image, env: [{ name: "DATABASE_URL", value: "x" }], resources: { limits: { cpu: "4" } } },
          ],
        },
        {},
        { replicas: 9 },
      ),
    ),
    "an environment that comes after none": [stack, running()],
  },
});

const live = (kind: string, fixed: Record<string, string>) => ({
  shapes: { live: record({ [`${kind} shop/web`]: { kind, name: "web", containers: {}, fixed } }) },
});
const labels = (app: string) => ({ "spec.selector": `{"matchLabels":{"app":"${app}"}}` });
const selecting = (app: string) => withPod({}, {}, { selector: { matchLabels: { app } } });
const claims = (storage: string, more: object = {}) =>
  manifest("StatefulSet", {
    spec: {
      selector: { matchLabels: { app: "web" } },
      volumeClaimTemplates: [
        {
          ...more,
          metadata: { name: "data" },
          spec: { volumeMode: "Filesystem", resources: { requests: { storage } } },
        },
      ],
    },
  });
const kept = live("StatefulSet", {
  ...labels("web"),
  "spec.volumeClaimTemplates": `[{"metadata":{"name":"data"},"spec":{"resources":{"requests":{"storage":"1Gi"}}}}]`,
});

table(liveIdentity, {
  refuses: {
    "another selector": { around: live("Deployment", labels("api")), of: selecting("web") },
    "one label more": {
      around: live("Deployment", { "spec.selector": `{"matchLabels":{"app":"web","tier":"a"}}` }),
      of: selecting("web"),
    },
    "larger claims": { around: kept, of: claims("2Gi") },
    "claims that are no longer made": {
      around: kept,
      of: manifest("StatefulSet", { spec: { selector: { matchLabels: { app: "web" } } } }),
    },
    "claims where there were none": { around: live("StatefulSet", labels("web")), of: claims("1Gi") },
    "another Service of a StatefulSet": {
      around: live("StatefulSet", { "spec.serviceName": '"web"' }),
      of: manifest("StatefulSet", { spec: { serviceName: "db" } }),
    },
  },
  passes: {
    "the same selector": { around: live("Deployment", labels("web")), of: selecting("web") },
    "the same claims, with a default written out": {
      around: kept,
      of: claims("1Gi", { apiVersion: "v1", kind: "PersistentVolumeClaim" }),
    },
    "a workload that was not there": {
      around: live("Deployment", labels("api")),
      of: { ...selecting("web"), metadata: { name: "other", namespace: "shop" } },
    },
    "one of another namespace": {
      around: live("Deployment", labels("api")),
      of: { ...selecting("web"), metadata: { name: "web", namespace: "staging" } },
    },
    "an environment of which nothing is on record": selecting("web"),
  },
});
