import type { ShapeRecord, Workload } from "../../records/shapeRecord.ts";
import { type Container, containers, podSpec } from "../reading/containers.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { environmentOf } from "../relations/environment.ts";
import { environmentInName } from "../secrets/environmentName.ts";
import { fixedFields } from "./fixedFields.ts";

/** What is on record of an environment and of the one before it. */
export interface Shapes {
  /** What the last update left. */
  readonly live?: ShapeRecord;
  /** The environment that a release comes from, where there is one. */
  readonly before?: { readonly environment: string; readonly record?: ShapeRecord };
}

/** Whether an object is one that is held on record. */
export function runsPods(object: KubernetesObject): boolean {
  return podSpec(object) !== undefined && !object.partial;
}

/** Kind, namespace and name: that of one object of a cluster; undefined while it is not known. */
export function identityOf({ kind, namespace, name }: KubernetesObject): string | undefined {
  return name === undefined || namespace === undefined ? undefined : `${kind} ${namespace}/${name}`;
}

/** What is kept on record of a workload: nothing that is secret. Undefined while its name is not known. */
export function shapeOf(object: KubernetesObject, inventory: Inventory): Workload | undefined {
  const name = commonName(object);
  if (name === undefined) return undefined;
  const read = containers(object).flatMap((one) =>
    one.name === undefined ? [] : [[one.name, containerShape(object, one, inventory)] as const],
  );
  return { kind: object.kind, name, containers: Object.fromEntries(read), fixed: fixedFields(object) };
}

/** Its name in every environment: without the word for this one, and the letters that Pulumi adds. */
function commonName({ name, root }: KubernetesObject): string | undefined {
  if (name === undefined) return undefined;
  const isNamed = root.at("metadata", "annotations", "pulumi.com/autonamed").text === "true";
  const own = isNamed ? name.replace(/-[0-9a-z]{7,8}$/, "") : name;
  const words = own.split("-").filter((word) => environmentInName(word) === undefined);
  return words.join("-") || own;
}

function containerShape(object: KubernetesObject, { field }: Container, inventory: Inventory) {
  const { variables, open } = environmentOf(object, field, inventory);
  const stated = field.at("env").items();
  const hidden = stated.map((variable) => variable.at("name")).filter(({ unknown, secret }) => unknown || secret);
  const names = [...variables.keys()].filter((name) => hidden.every(({ text }) => text !== name));
  return { image: field.at("image").title, variables: names.sort(), open: open || hidden.length > 0 };
}
