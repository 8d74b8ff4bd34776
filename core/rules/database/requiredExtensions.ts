import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { imageReference } from "../images/imageReference.ts";
import { everywhere } from "../levels.ts";
import { ruleWith } from "../parameters.ts";
import { containers } from "../reading/containers.ts";
import { Field, undecided } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import { data } from "../reading/settings.ts";
import { engineOf } from "../relations/databases.ts";
import type { Finding, Subject } from "../rule.ts";

const name = z.string().regex(/^[a-z][a-z0-9_-]*$/);

/** Judged on the stack as a whole: what nobody makes has no object. */
export const requiredExtensions = {
  ...ruleWith(
    {
      id: "required-extensions",
      description:
        "The stack makes each Postgres extension that somebody says it needs, and no database of its own is of an image that lacks it.",
      why: "The first migration with a column of that type fails in the one database where somebody had forgotten it: production's.",
      severity: "high",
      levels: everywhere,
      demands: ["R-54"],
      relation: true,
      parameters: z.strictObject({ extensions: z.array(name).default([]).describe("extensions: `postgis`") }),
    },
    ({ object, inventory }: Subject, { extensions }) => {
      if (object.partial) return [];
      const made = extensions.length > 0 ? extensionsIn(inventory) : { names: new Set<string>(), open: false };
      return extensions.flatMap((extension) => {
        const field = new Field(undecided, `extension ${extension}`);
        const lacking = imagesWithout(extension, inventory);
        if (made.names.has(extension)) return lacking;
        if (made.open) return [...lacking, notDecided(field)];
        const problem = "is made by nothing in this stack";
        const fix = "let Postgres make it (extensions of a database), or declare a postgresql.Extension";
        return [...lacking, finding(field, { problem, fix })];
      });
    },
  ),
  kinds: ["Stack"],
};

/** The extensions that something in the stack makes. `open`: something that may make one is not known yet. */
function extensionsIn(inventory: Inventory): { names: Set<string>; open: boolean } {
  const objects = inventory.all();
  const lists = objects.flatMap(listed);
  const sql = objects.flatMap(texts);
  const made = sql.flatMap(({ text = "" }) =>
    [...text.matchAll(/\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?["']?([\w-]+)/gi)].map(([, one = ""]) => one),
  );
  const named = lists.flatMap(({ text = "" }) => text.split(/[\s,]+/));
  return { names: new Set([...made, ...named]), open: [...lists, ...sql].some(({ unknown }) => unknown) };
}

/** Where extensions are named as such. */
function listed({ kind, root }: KubernetesObject): Field[] {
  if (kind === "PostgresqlExtension") return [root.at("name")];
  if (kind !== "Database") return [];
  return root
    .at("spec", "extensions")
    .items()
    .filter((one) => one.at("ensure").text !== "absent")
    .map((one) => (one.unknown ? one : one.at("name")));
}

/** Where SQL may stand: files, command lines, variables, and what an operator runs first. */
function texts(object: KubernetesObject): Field[] {
  const { kind, root } = object;
  if (kind === "ConfigMap" || kind === "Secret") return data(object);
  if (kind === "Cluster") return root.at("spec", "bootstrap").leaves();
  return containers(object).flatMap(({ field }) => {
    const variables = field.at("env").items();
    return [
      ...["command", "args"].flatMap((list) => field.at(list).items()),
      ...variables.flatMap((one) => [one.at("value"), ...(isList(one) ? extensionList(one) : [])]),
    ];
  });
}

/** A variable by which a script is told what to make: `EXTENSIONS=postgis,pg_trgm`. */
const isList = (variable: Field) => /(^|_)EXTENSIONS$/.test(variable.at("name").text ?? "");

function extensionList(variable: Field): Field[] {
  const value = variable.at("value");
  return (value.text ?? "").split(/[\s,]+/).map((one) => value.reading(`create extension "${one}"`));
}

/** What the image that Postgres itself publishes has not: it holds what comes with the server, and no more. */
const notIncluded = /^(postgis(_\w+)?|timescaledb|vector|pg_cron|pgrouting|citus|pgaudit|plv8|age|rum|pg_partman|h3)$/;

function imagesWithout(extension: string, inventory: Inventory): Finding[] {
  if (!notIncluded.test(extension)) return [];
  return inventory.all().flatMap((object) => {
    if (engineOf(object) !== "postgres") return [];
    return containers(object)
      .map(({ field }) => field.at("image"))
      .filter(({ text = "" }) => isOfficial(imageReference(text).repository))
      .map((image) => {
        const field = image.seenAt(`${titleOf(object)} ${image.path}`);
        const problem = `is Postgres alone, without ${extension}`;
        return finding(field, {
          problem,
          fix: `take an image that has it, such as postgis/postgis`,
          value: image.text,
        });
      });
  });
}

const isOfficial = (repository: string) =>
  /^((index\.)?docker\.io\/|public\.ecr\.aws\/docker\/)?(library\/)?postgres$/.test(repository);
