import { containers } from "./containers.ts";
import type { Field } from "./field.ts";
import { perObject } from "./perObject.ts";

export type ConfigurationKind = "ConfigMap" | "Secret";

/** A variable of a container that takes its value from a ConfigMap or a Secret. */
export interface Reference {
  readonly kind: ConfigurationKind;
  /** Undefined while it is not known. */
  readonly name: string | undefined;
  /** All keys are read, each under `variable` + key (`envFrom`). */
  readonly whole: boolean;
  /** The key read, unless all are; undefined while it is not known. */
  readonly key: string | undefined;
  /** The variable's name, or the prefix of all names; undefined while it is not known. */
  readonly variable: string | undefined;
  /** That name is a secret. */
  readonly hidden: boolean;
  readonly container: string | undefined;
  readonly field: Field;
}

/** The references of a workload's containers, in the order in which they are written. */
export const references = perObject((object): readonly Reference[] =>
  containers(object).flatMap(({ name: container, field }) => [
    ...field
      .at("env")
      .items()
      .flatMap((variable) => keyReferences(variable, container)),
    ...field
      .at("envFrom")
      .items()
      .flatMap((source) => wholeReferences(source, container)),
  ]),
);

function keyReferences(variable: Field, container: string | undefined): Reference[] {
  const kinds = [
    ["ConfigMap", "configMapKeyRef"],
    ["Secret", "secretKeyRef"],
  ] as const;
  return kinds.flatMap(([kind, key]) => {
    const field = variable.at("valueFrom", key);
    if (variable.unknown || field.absent || field.unknown) return [];
    const name = field.at("name").title;
    const { text, secret } = variable.at("name");
    return [{ kind, name, whole: false, key: field.at("key").text, variable: text, hidden: secret, container, field }];
  });
}

function wholeReferences(source: Field, container: string | undefined): Reference[] {
  const kinds = [
    ["ConfigMap", "configMapRef"],
    ["Secret", "secretRef"],
  ] as const;
  return kinds.flatMap(([kind, key]) => {
    const field = source.at(key);
    if (source.unknown || field.absent || field.unknown) return [];
    const prefix = source.at("prefix");
    const variable = prefix.absent ? "" : prefix.text;
    const name = field.at("name").title;
    return [{ kind, name, whole: true, key: undefined, variable, hidden: prefix.secret, container, field }];
  });
}
