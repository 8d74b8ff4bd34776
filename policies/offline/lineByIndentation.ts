type Path = readonly (string | number)[];

/**
 * Tells the line of a field, or of what is nearest to it, in a document without anchors and tags; from 1. Found by
 * indentation, as people and tools write manifests; undefined where that does not tell: what is in braces, or empty.
 */
export function lineByIndentation(text: string): (path: Path) => number | undefined {
  const all = text.split(/\r?\n/);
  const mark = /^---\s*(#.*)?$/.test(all[0] ?? "") ? 1 : 0;
  const lines = all.slice(mark);
  if (lines.some((line) => /^(---|\s*\?\s)/.test(line))) return () => undefined;
  return (path) => lineIn(lines, mark + 1, path);
}

/** `at` is the number of the block's first line. */
function lineIn(block: readonly string[], at: number, path: Path): number | undefined {
  const first = block.findIndex(hasContent);
  if (first < 0) return undefined;
  const [step] = path;
  if (step === undefined) return at + first;
  if (/^\s*[[{]/.test(block[first]!)) return undefined;
  const indent = indentOf(block[first]!);
  const places = block.flatMap((line, index) => (hasContent(line) && indentOf(line) === indent ? [index] : []));
  const place =
    typeof step === "number" ? places.filter((one) => isItem(block[one]!))[step] : keyed(block, places, step);
  if (place === undefined) return at + first;
  const next = places.find((one) => one > place && !(typeof step === "string" && isItem(block[one]!))) ?? block.length;
  return typeof step === "number"
    ? lineIn([block[place]!.replace("-", " "), ...block.slice(place + 1, next)], at + place, path.slice(1))
    : lineOfValue(block.slice(place, next), at + place, path.slice(1));
}

/** Of a key's value: on its line, or below. */
function lineOfValue(block: readonly string[], at: number, rest: Path): number | undefined {
  const value = block[0]!.replace(keyOfLine, "").trim();
  if (value === "" || value.startsWith("#")) return lineIn(block.slice(1), at + 1, rest);
  return /^(\[(?!\s*\])|\{(?!\s*\}))/.test(value) && rest.length > 0 ? undefined : at;
}

const keyOfLine = /^\s*("[^"\\]*"|'[^']*'|[^\s"'#:[\]{}][^:#]*?|[^\s"'#[\]{}][^#]*?)\s*:(?=\s|$)/;

function keyed(block: readonly string[], places: readonly number[], key: string): number | undefined {
  return places.find((place) => keyOfLine.exec(block[place]!)?.[1]?.replace(/^(["'])(.*)\1$/, "$2") === key);
}

const isItem = (line: string) => /^\s*-(\s|$)/.test(line);
const hasContent = (line: string) => /^\s*[^\s#]/.test(line);
const indentOf = (line: string) => line.search(/\S/);
