import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";

/** The node that states what stands at a path: in its place, behind an alias, or merged in by `<<`. */
export function nodeAt(document: Document, path: readonly (string | number)[]): Node | undefined {
  const start: unknown = document.contents;
  return path.reduce((node, key) => below(document, node, key), start) as Node | undefined;
}

function below(document: Document, node: unknown, key: string | number): unknown {
  const at = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(at)) return typeof key === "number" ? at.items[key] : undefined;
  if (!isMap(at)) return undefined;
  const own = at.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  return own
    ? own.value
    : merged(document, at)
        .map((source) => below(document, source, key))
        .find(Boolean);
}

/** What `<<` brings in; of several the first that has a key counts. */
function merged(document: Document, map: YAMLMap): unknown[] {
  // The parser marks the key by a symbol; a quoted "<<" is a key like any other.
  const sources = map.items.filter(({ key }) => isScalar(key) && typeof key.value === "symbol");
  return sources.flatMap(({ value }) => {
    const source = isAlias(value) ? value.resolve(document) : value;
    return isSeq(source) ? source.items : [source];
  });
}
