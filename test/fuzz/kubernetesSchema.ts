import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import type { Declared } from "../declared.ts";

type Schema = Record<string, unknown>;

/** The kinds that Palier makes, as the API server of the test node defines them. */
export const schemaFile = new URL("kubernetes.schema.json", import.meta.url);

/** Those that operators and controllers of the edge bring with them, which the test node has not. */
const operatorsFiles = ["operators.schema.json", "edges.schema.json", "monitoring.schema.json", "cnpg.schema.json"].map(
  (file) => new URL(file, import.meta.url),
);

const read = (file: URL) =>
  (JSON.parse(readFileSync(file, "utf8")) as { definitions: Record<string, Schema> }).definitions;

const operators = Object.assign({}, ...operatorsFiles.map(read)) as Record<string, Schema>;
const definitions = { ...read(schemaFile), ...operators };

const ajv = new Ajv({
  strict: false,
  formats: { int32: true, int64: true, double: true, byte: true, "date-time": true, "int-or-string": true },
});
ajv.addSchema({ $id: "kubernetes", components: { schemas: strict(definitions) } });
const validators = new Map<string, ValidateFunction>();

/** What the API server would not take of a declared object, by its schema; unknown fields too. */
export function schemaErrors({ type, name, inputs }: Declared): string[] {
  if (!type.startsWith("kubernetes:")) return [];
  const definition = definitionOf(type);
  if (!definition) return [`${type} is not among the kinds of ${schemaFile.pathname}`];
  const validate = validators.get(type) ?? ajv.compile({ $ref: `kubernetes#/components/schemas/${definition}` });
  validators.set(type, validate);
  if (validate(inputs)) return [];
  return validate.errors!.map(({ instancePath, message }) => `${type} ${name}: ${instancePath} ${message}`);
}

/** Whether an operator has to be there for the API server to know the kind. */
export function isOperators({ type }: Declared): boolean {
  return Object.hasOwn(operators, definitionOf(type) ?? "");
}

function definitionOf(type: string): string | undefined {
  const [group = "", version, kind] = type.slice("kubernetes:".length).split(/[/:]/);
  return Object.keys(definitions).find((key) => key.endsWith(`.${group.split(".")[0]}.${version}.${kind}`));
}

/** Where fields are listed, no others are allowed: the server drops them, or refuses them when asked to. */
function strict(schemas: Record<string, Schema>): Record<string, Schema> {
  const closed = Object.entries(schemas).map(([name, schema]) => [
    name,
    schema["properties"] ? { ...schema, additionalProperties: false } : schema,
  ]);
  return Object.fromEntries(closed);
}
