import { type Document, isNode, LineCounter, parseAllDocuments } from "yaml";
import { Field } from "../../core/rules/reading/field.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { keysIn } from "./fieldPath.ts";

/** An object with the file that states it. */
export interface Stated {
  readonly object: KubernetesObject;
  /** Line in the file of a field of the object, or of what is nearest to it; from 1. */
  lineOf(field: string): number;
}

/** The text is no YAML, or states no object where it should. */
export class UnreadableManifest extends Error {
  override readonly name = "UnreadableManifest";
}

/** The objects of a YAML or JSON text as kubectl takes it: several documents, lists unfolded. */
export function readManifests(text: string): Stated[] {
  const lines = new LineCounter();
  return parseAllDocuments(text, { lineCounter: lines }).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw new UnreadableManifest(error.message.split("\n")[0]);
    const value: unknown = document.toJS();
    if (value === null || value === undefined) return [];
    const root = new Field(value);
    const kind = root.at("kind").text;
    if (kind === undefined) throw new UnreadableManifest("a document has no kind, so it states no Kubernetes object");
    return kubernetesObjects(kind, root).map((object) => ({
      object,
      lineOf: (field) => lineIn(document, lines, field),
    }));
  });
}

function lineIn(document: Document, lines: LineCounter, field: string): number {
  const path = keysIn(field);
  for (; path.length > 0; path.pop()) {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return lines.linePos(document.contents?.range?.[0] ?? 0).line;
}
