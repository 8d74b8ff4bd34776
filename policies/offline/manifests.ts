import { load } from "js-yaml";
import { type Document, LineCounter, parseAllDocuments } from "yaml";
import { hiddenSecret } from "../../core/hiddenSecret.ts";
import { Field, Secret, undecided } from "../../core/rules/reading/field.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { keysIn } from "./fieldPath.ts";
import { lineByIndentation } from "./lineByIndentation.ts";
import { nodeAt } from "./nodeAt.ts";
import { asKubectl, quickSchema } from "./yamlOfKubectl.ts";

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
  const hides = text.includes(hiddenSecret);
  return partsOf(text).flatMap((part) =>
    (quick(part) ?? thorough(part)).flatMap(({ value, lineOf }) => {
      if (value === null || value === undefined) return [];
      const root = new Field(hides ? withSecrets(value) : value);
      const kind = root.at("kind").text;
      if (kind === undefined) throw new UnreadableManifest("a document has no kind, so it states no Kubernetes object");
      return kubernetesObjects(kind, root).map((object) => ({ object, lineOf }));
    }),
  );
}

/** What `palier render` has hidden is known to be there and to be secret, and no more. */
function withSecrets(value: unknown): unknown {
  if (value === hiddenSecret) return new Secret(undecided);
  if (Array.isArray(value)) return value.map(withSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSecrets(inner)]));
}

interface Read {
  readonly value: unknown;
  readonly lineOf: Stated["lineOf"];
}

/** A piece of a text that can be read by itself, and how many lines stand before it. */
interface Part {
  readonly text: string;
  readonly before: number;
}

/** Its documents; all as one where a directive or a mark of an end stands between them. */
function partsOf(text: string): Part[] {
  if (/^(%|\.\.\.\s)/m.test(text)) return [{ text, before: 0 }];
  let before = 0;
  return text.split(/^(?=---\s)/m).map((part) => {
    const here = { text: part, before };
    before += part.split("\n").length - 1;
    return here;
  });
}

/** Anchors, which may grow without end, tags and merges. Quoted texts that look like them cost time only. */
const unusual = /(^|[\s[{,])([&*!]\S|<<\s*:)/m;

/** Values without their places, ten times as fast: lines are asked for only where something is found. */
function quick(part: Part): Read[] | undefined {
  if (unusual.test(part.text)) return undefined;
  let find: ReturnType<typeof lineByIndentation> | undefined;
  let placed: Read | undefined;
  try {
    const value = load(part.text, { schema: quickSchema });
    return [
      {
        value,
        lineOf: (field) => {
          find ??= lineByIndentation(part.text);
          const line = find(keysIn(field));
          if (line !== undefined) return part.before + line;
          placed ??= thorough(part)[0];
          return placed?.lineOf(field) ?? part.before + 1;
        },
      },
    ];
  } catch {
    return undefined; // the other parser says better what is wrong
  }
}

function thorough({ text, before }: Part): Read[] {
  const lines = new LineCounter();
  return parseAllDocuments(text, { ...asKubectl, lineCounter: lines, prettyErrors: false }).map((document) => {
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new UnreadableManifest(`${error.message} at line ${before + line}, column ${col}`);
    }
    return { value: document.toJS(), lineOf: (field) => before + lineIn(document, lines, field) };
  });
}

function lineIn(document: Document, lines: LineCounter, field: string): number {
  for (const path = keysIn(field); path.length > 0; path.pop()) {
    const node = nodeAt(document, path);
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return lines.linePos(document.contents?.range?.[0] ?? 0).line;
}
