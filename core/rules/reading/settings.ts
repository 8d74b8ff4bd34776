import { settingsOnCommandLine } from "./commandLine.ts";
import { settingsInFile } from "./configFile.ts";
import { type Container, containers } from "./containers.ts";
import { Field, undecided } from "./field.ts";
import type { Inventory } from "./inventory.ts";
import { type KubernetesObject, titleOf } from "./kubernetesObject.ts";
import { type Reference, references } from "./references.ts";
import type { Setting } from "./setting.ts";

/** Every named value that an object gives to containers, or makes available to them. */
export function settings(object: KubernetesObject, inventory: Inventory): readonly Setting[] {
  return inventory.reading(object, () => allSettings(object, inventory));
}

function allSettings(object: KubernetesObject, inventory: Inventory): Setting[] {
  return [
    ...containers(object).flatMap(settingsOfContainer),
    ...references(object).flatMap((reference) => referenced(object, reference, inventory)),
    ...data(object).flatMap((value): Setting[] => [
      { name: isWholeMap(value) ? undefined : value.key, value, source: "data" },
      ...settingsInFile(value),
    ]),
    ...inventory.readersOf(object).flatMap(({ object: reader, reference }) =>
      renamed(reference, object).map((setting) => {
        const path = `${setting.value.path}, read by ${titleOf(reader)}`;
        return { ...setting, value: setting.value.seenAt(path) };
      }),
    ),
  ];
}

/** The values of a ConfigMap or Secret as a container will read them. */
export function data({ kind, root }: KubernetesObject): Field[] {
  if (kind === "ConfigMap") return [...root.at("data").entries(), ...root.at("binaryData").entries().map(decoded)];
  if (kind !== "Secret") return [];
  return [...root.at("stringData").entries(), ...root.at("data").entries().map(decoded)];
}

function decoded(field: Field): Field {
  return field.text === undefined ? field : field.reading(Buffer.from(field.text, "base64").toString("utf8"));
}

function settingsOfContainer(container: Container): Setting[] {
  const literals = new Map<string, string>();
  const resolve = (text: string) => resolved(text, literals);
  const variables = container.field
    .at("env")
    .items()
    .flatMap((variable): Setting[] => {
      const { text: name, secret: hidden } = variable.at("name");
      const value = variable.at("value");
      if (value.absent) {
        const from = variable.at("valueFrom");
        const open = [from, ...from.entries()].find(({ unknown }) => unknown);
        return open ? [{ name, hidden, value: open, source: "reference", container: container.name }] : [];
      }
      const read = value.text === undefined ? value : value.reading(resolve(value.text));
      if (name !== undefined && read.text !== undefined) literals.set(name, read.text);
      return [{ name, hidden, value: read, source: "variable", container: container.name }];
    });
  const unknownSources = container.field
    .at("envFrom")
    .items()
    .filter((source) => source.unknown)
    .map((value): Setting => ({ name: undefined, value, source: "reference", container: container.name }));
  return [...variables, ...unknownSources, ...settingsOnCommandLine(container, resolve)];
}

/** Kubernetes replaces `$(NAME)` by the value of a variable written before; `$$(NAME)` stays as it is. */
function resolved(text: string, literals: Map<string, string>): string {
  return text.replace(/(\$?)\$\(([A-Za-z_][\w.-]*)\)/g, (written, dollar: string, name: string) =>
    dollar ? written : (literals.get(name) ?? written),
  );
}

/** What a container reads from a ConfigMap or Secret, under the variable's name. */
function referenced(reader: KubernetesObject, reference: Reference, inventory: Inventory): Setting[] {
  const { kind, name, whole, variable, hidden, container, field } = reference;
  const found = name === undefined ? undefined : inventory.find(reader, reference);
  if (found) {
    return renamed(reference, found).map((setting) => {
      const path = `${field.path} (${titleOf(found)}, ${setting.value.path})`;
      return { ...setting, value: setting.value.seenAt(path), container };
    });
  }
  if (whole && variable === "" && name !== undefined) return [];
  const missing = name === undefined ? undefined : `${kind} "${name}"`;
  const value = new Field(undecided, field.path);
  return [{ name: whole ? undefined : variable, hidden, value, source: "reference", container, missing }];
}

/** Values that a container reads by another name than their key. By their own they are judged where they stand. */
function renamed({ whole, key, variable, hidden }: Reference, object: KubernetesObject): Setting[] {
  return data(object).flatMap((value): Setting[] => {
    const name = whole && variable !== undefined ? variable + value.key : variable;
    const read = whole || key === undefined || key === value.key || isWholeMap(value);
    if (!read || name === value.key) return [];
    return [{ name: isWholeMap(value) && whole ? undefined : name, hidden, value, source: "reference" }];
  });
}

/** All of `data` at once, while nothing about it is known. */
function isWholeMap(value: Field): boolean {
  return value.unknown && /^(data|binaryData|stringData)$/.test(value.path);
}
