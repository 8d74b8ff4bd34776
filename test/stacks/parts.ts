import type { AlertRule } from "../../components/prometheus/alert.ts";
import { type Declared, find } from "../declared.ts";

/** The Deployment of an app, or of a process of one. */
export const deploymentOf = (resources: Declared[], app = "api") =>
  find(resources, "kubernetes:apps/v1:Deployment", app).inputs;

/** The container that an app runs. */
export const containerOf = (resources: Declared[], app = "api") =>
  deploymentOf(resources, app).spec.template.spec.containers[0];

/** Variables in clear that an app is given. */
export const variablesOf = (resources: Declared[], app = "api"): Record<string, string> =>
  find(resources, "kubernetes:core/v1:ConfigMap", `${app}-variables`).inputs.data;

/** Variables that an app is given out of a Secret. */
export const secretsOf = (resources: Declared[], app = "api"): string[] =>
  (containerOf(resources, app).env as { name: string; valueFrom?: { secretKeyRef?: object } }[])
    .filter(({ valueFrom }) => valueFrom?.secretKeyRef)
    .map(({ name }) => name);

/** The address by which an app reaches its database. */
export const databaseAddress = (resources: Declared[]): URL =>
  new URL(find(resources, "kubernetes:core/v1:Secret", "api-database-url-secret").inputs.stringData["app-url"]);

/** What a Redis is told of memory and disk. */
export const redisSettings = (resources: Declared[], name: string): string =>
  Object.values(find(resources, "kubernetes:core/v1:Secret", `${name}-secret`).inputs.stringData).join("\n");

/** What is alerted by. */
export const alertsOf = (resources: Declared[]): AlertRule[] =>
  resources
    .filter(({ type }) => type.endsWith(":PrometheusRule"))
    .flatMap(({ inputs }) => inputs.spec.groups.flatMap(({ rules }: { rules: AlertRule[] }) => rules))
    .filter(({ alert }) => alert !== undefined);

/** Names of all resources of a type. */
export const namesOf = (resources: Declared[], type: string): string[] =>
  resources.filter((one) => one.type === type).map(({ name }) => name);
