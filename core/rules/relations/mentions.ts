import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { perObject } from "../reading/perObject.ts";
import type { Answer } from "./answer.ts";

interface Mentions {
  readonly texts: ReadonlySet<string>;
  /** A field that may hold a name is not known yet. */
  readonly open: boolean;
}

/** Whether any other of these objects names this one; custom resources have fields of their own for that. */
export function mentionedBy(objects: readonly KubernetesObject[], { root, name }: KubernetesObject): Answer {
  let open = false;
  // Every object is asked about each Secret.
  for (const other of objects) {
    if (other.root === root) continue;
    const mentioned = mentions(other);
    if (name !== undefined && mentioned.texts.has(name)) return "yes";
    open ||= mentioned.open;
  }
  return open ? "unknown" : "no";
}

const mentions = perObject(({ root }): Mentions => {
  const texts = new Set<string>();
  let open = false;
  for (const leaf of root.leaves()) {
    if (leaf.path.startsWith("metadata.")) continue;
    if (leaf.unknown) open ||= /secret|\bname$|ref/i.test(leaf.path);
    else if (leaf.text !== undefined) texts.add(leaf.text);
  }
  return { texts, open };
});
