import { readFileSync } from "node:fs";
import { load } from "js-yaml";
import type { Declared } from "../../declared.ts";
import { type Brought, definitionFiles } from "../edge/definitions.ts";

/** The definitions of CloudNativePG and of its plugin for archives, as their own Go modules carry them. */
export const operators: Record<string, Brought> = {
  CloudNativePG: {
    module: "github.com/cloudnative-pg/cloudnative-pg@v1.27.0",
    folder: "config/crd/bases",
    file: /_(clusters|poolers|scheduledbackups)\.yaml$/,
    groups: ["postgresql.cnpg.io"],
  },
  "its plugin Barman Cloud": {
    module: "github.com/cloudnative-pg/plugin-barman-cloud@v0.15.0",
    folder: "config/crd/bases",
    file: /_objectstores\.yaml$/,
    groups: ["barmancloud.cnpg.io"],
  },
};

export const files = () => Object.values(operators).flatMap((one) => definitionFiles(one));

type Schema = Record<string, unknown>;

interface Definition {
  spec: { group: string; names: { kind: string }; versions: { name: string; schema: { openAPIV3Schema: Schema } }[] };
}

/** Of the definitions what these objects use: one a line. */
export function usedSchema(objects: readonly Declared[]): string {
  const lines = files().map((file) => {
    const { group, names, versions } = (load(readFileSync(file, "utf8")) as Definition).spec;
    const [{ name, schema }] = versions as [Definition["spec"]["versions"][number]];
    const used = objects.filter(({ type }) => type === `kubernetes:${group}/${name}:${names.kind}`);
    const trimmed = trim(
      schema.openAPIV3Schema,
      used.map(({ inputs: { metadata: _, ...rest } }) => rest),
    ) as { properties: Schema };
    const properties = { ...trimmed.properties, metadata: { type: "object" } };
    const key = `io.cnpg.${group.split(".")[0]}.${name}.${names.kind}`;
    return `    ${JSON.stringify(key)}: ${JSON.stringify({ ...trimmed, properties })}`;
  });
  return `{\n  "made": "${madeBy}",\n  "definitions": {\n${lines.join(",\n")}\n  }\n}\n`;
}

const madeBy = `of ${Object.values(operators)
  .map(({ module }) => module)
  .join(" and ")}, by PALIER_UPDATE=1 npx mocha test/node/postgresKinds.test.ts`;

/** A field that no object has is none that may be there; what explains, and what only the API server reads, is left out. */
function trim(schema: Schema, values: readonly unknown[]): Schema {
  const kept = Object.entries(schema).filter(([key]) => !/^(description|default|x-kubernetes-.*)$/.test(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, trimmedPart(key, value as Schema, values)]).concat(closed(schema)),
  );
}

function trimmedPart(key: string, part: Schema, values: readonly unknown[]): unknown {
  if (key === "items") return trim(part, values.flat());
  if (key === "additionalProperties" && typeof part === "object") {
    return trim(
      part,
      values.flatMap((value) => Object.values(value as object)),
    );
  }
  if (key !== "properties") return part;
  const used = Object.entries(part).flatMap(([name, schema]) => {
    const own = values.map((value) => (value as Schema)?.[name]).filter((value) => value !== undefined);
    return own.length === 0 ? [] : [[name, trim(schema as Schema, own)]];
  });
  return Object.fromEntries(used);
}

const closed = (schema: Schema) => (schema["properties"] ? [["additionalProperties", false]] : []);

/** The parameters that the operator sets itself, or refuses: the keys of one map of its source. */
export function ownedByOperator(): string[] {
  const [file] = definitionFiles({
    ...operators["CloudNativePG"]!,
    folder: "pkg/postgres",
    file: /^configuration\.go$/,
  });
  const [, map = ""] = /FixedConfigurationParameters = map\[string\]string\{([^}]*)\}/.exec(
    readFileSync(file!, "utf8"),
  )!;
  return [...map.matchAll(/"([\w.]+)":/g)].map(([, name]) => name!).sort();
}
