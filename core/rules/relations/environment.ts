import { Field, undecided } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { references } from "../reading/references.ts";
import { data } from "../reading/settings.ts";

/** What a container finds in its environment, by name. */
export interface Environment {
  /** One whose value the stack does not show stands with an undecided one. */
  readonly variables: ReadonlyMap<string, Field>;
  /** There may be more: a whole ConfigMap or Secret is read that the stack does not show. */
  readonly open: boolean;
}

/** All variables of a container, those that it reads from ConfigMaps and Secrets too. What is written last wins. */
export function environmentOf(workload: KubernetesObject, container: Field, inventory: Inventory): Environment {
  const variables = new Map<string, Field>();
  const own = references(workload).filter(({ field }) => field.path.startsWith(`${container.path}.`));
  let open = container.at("env").unknown || container.at("envFrom").unknown;
  for (const reference of own.filter(({ whole }) => whole)) {
    const found = inventory.find(workload, reference);
    const values = found ? data(found) : [];
    open ||= !found || reference.variable === undefined || values.some(({ key }) => wholeMap.has(key));
    for (const value of values) variables.set(`${reference.variable}${value.key}`, value);
  }
  for (const variable of container.at("env").items()) {
    const { text: name } = variable.at("name");
    const value = variable.at("value");
    if (name !== undefined && !value.absent) variables.set(name, value);
  }
  for (const { variable, kind, key, field, ...reference } of own.filter(({ whole }) => !whole)) {
    const found = inventory.find(workload, { ...reference, variable, kind, key, field });
    const value = found && data(found).find((one) => one.key === key);
    const unseen = new Field(undecided, field.path, "", kind === "Secret");
    if (variable !== undefined) variables.set(variable, value ?? unseen);
  }
  return { variables, open };
}

/** The key of all data at once, while nothing about it is known. */
const wholeMap = new Set(["data", "binaryData", "stringData"]);
