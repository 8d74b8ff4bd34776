import type { Value } from "../../render/declared.ts";
import type { Rendered } from "../../render/rendered.ts";
import { containerOf, variablesOf } from "./variables.ts";

/** Kinds of components that run other people's images, or none. */
const others = ["Environment", "Migration", "Postgres", "Redis", "Secrets"];

/** The components whose processes are the program's own. */
export function appsIn(rendered: Rendered): string[] {
  const own = rendered.components.filter(({ kind, name }) => !others.includes(kind) && containerOf(rendered, name));
  return own.map(({ name }) => name);
}

/** The `.env.example` of one component: what its process is given, by name, and no secret's value. */
export function envFile(rendered: Rendered, component: string): string {
  const values = rendered.components.find(({ name }) => name === component)?.values ?? [];
  const { open, secret } = variablesOf(rendered, component);
  const linked = new Map(values.flatMap(({ argument, value }) => linkIn(argument, value)));
  const clear = Object.entries(open).filter(([name]) => !linked.has(name));
  const sections = [
    [
      `# Variables, as in ${rendered.stack}`,
      ...clear.map(([name, value]) => `${name}=${quoted(rendered.withoutSecrets(value))}`),
    ],
    [
      "# Secrets",
      ...secret
        .filter((name) => !linked.has(name))
        .flatMap((name) => [`# ${kindOf(name, values).join("")}`, `${name}=`]),
    ],
    [
      "# Links",
      ...[...linked].flatMap(([name, to]) => [
        `# to ${[to, ...kindOf(name, values)].join(", ")}`,
        `${name}=${quoted(rendered.withoutSecrets(open[name] ?? ""))}`,
      ]),
    ],
  ];
  const opening = `# What ${component} is given. Made by palier env-example: no secret's value is in it.`;
  return `${[opening, ...sections.filter(({ length }) => length > 1).map((lines) => lines.join("\n"))].join("\n\n")}\n`;
}

function linkIn(argument: string, to: unknown): [string, string][] {
  const [, variable] = /^links\.([^.]+)$/.exec(argument) ?? [];
  return variable ? [[variable, String(to)]] : [];
}

/** How a secret comes to be, and how long it is at least; of what is no secret, nothing. */
function kindOf(secret: string, values: readonly Value[]): string[] {
  const of = (key: string) => values.find(({ argument }) => argument === `secrets.${secret}.${key}`)?.value;
  const [, base] = /^(.+)_OVERLAP$/.exec(secret) ?? [];
  if (of("generate")) return [`generated, ${of("generate")} characters`];
  if (of("config")) return [`from the stack's configuration, at least ${of("minLength")} characters`];
  if (of("existing.name")) return [`from the Secret ${of("existing.name")}, its key ${of("existing.key")}`];
  if (of("external.key"))
    return [`from the store ${of("external.store") ?? of("external.clusterStore")}, its key ${of("external.key")}`];
  if (of("sealed")) return [`sealed in the program, at least ${of("minLength")} bytes`];
  return base && kindOf(base, values).length > 0 ? [`the value of ${base} by another rotation, valid beside it`] : [];
}

/** As every reader of such files takes it. */
function quoted(value: string): string {
  return /^[\w./:@%+,-]*$/.test(value) ? value : JSON.stringify(value);
}
