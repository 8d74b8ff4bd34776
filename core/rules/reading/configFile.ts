import type { Field } from "./field.ts";
import type { Setting } from "./setting.ts";

const assignment = /^(\s*)(?:export\s+|set\s+)?(?:-\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*(?:=>|:=|=|:(?=\s|$))\s*(.*)$/;
const section = /^\s*\[+\s*([\w.-]+)\s*\]+\s*$/;
const listItem = /^(\s*)-\s+(.+)$/;

/** The settings in a file kept as one value: JSON, YAML, TOML, INI, properties or `.env`, by their full names. */
export function settingsInFile(file: Field): Setting[] {
  const text = file.text ?? "";
  if (/^\s*[[{]/.test(text)) {
    const json = parsed(text);
    if (json !== undefined) return settingsInJson(file, json, "");
  }
  return text.includes("\n") || assignment.test(text) ? settingsInLines(file, text) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function settingsInJson(file: Field, value: unknown, name: string): Setting[] {
  if (typeof value !== "object" || value === null) {
    const path = file.secret ? file.path : `${file.path} (${name})`;
    return name === "" ? [] : [{ name, hidden: file.secret, value: file.reading(value, path), source: "file" }];
  }
  const inList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) =>
    settingsInJson(file, item, inList ? name : name === "" ? key : `${name}.${key}`),
  );
}

/** Names are nested by indentation (YAML) or by section header (INI, TOML). */
function settingsInLines(file: Field, text: string): Setting[] {
  const found: Setting[] = [];
  let header: string[] = [];
  let parents: { indent: number; key: string }[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|;|\/\/)/.test(line)) continue;
    header = section.exec(line)?.slice(1, 2) ?? header;
    const item = listItem.exec(line);
    const [, space = "", key, rest = ""] = assignment.exec(line) ?? [];
    const indent = (key === undefined ? item?.[1] : space)?.length ?? 0;
    if (key !== undefined) parents = parents.filter((parent) => parent.indent < indent);
    const value = unquoted(key === undefined ? (item?.[2] ?? "") : rest);
    const name = [...header, ...parents.map((parent) => parent.key), ...(key === undefined ? [] : [key])].join(".");
    if (value === "" && key !== undefined) parents.push({ indent, key });
    else if (name !== "" && (key !== undefined || item)) {
      const read = file.reading(value, `${file.path} (line ${index + 1})`);
      found.push({ name, hidden: file.secret, value: read, source: "file" });
    }
  }
  return found;
}

function unquoted(text: string): string {
  const trimmed = text.trim().replace(/[,;]$/, "");
  const quoted = /^(["'])(.*?)\1\s*(#.*)?$/.exec(trimmed);
  return quoted ? (quoted[2] ?? "") : trimmed.replace(/\s+#.*$/, "").trim();
}
