import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Answer } from "./answer.ts";

interface Mentions {
  readonly texts: ReadonlySet<string>;
  /** A field that may hold a name is not known yet. */
  readonly open: boolean;
}

/** Every object is asked about each Secret, and read once. */
const known = new WeakMap<Field, Mentions>();

/** Whether an object of any kind names something by this name; custom resources have fields of their own for that. */
export function mentions({ root }: KubernetesObject, name: string | undefined): Answer {
  const { texts, open } = known.get(root) ?? read(root);
  if (name !== undefined && texts.has(name)) return "yes";
  return open ? "unknown" : "no";
}

function read(root: Field): Mentions {
  const texts = new Set<string>();
  let open = false;
  for (const leaf of root.leaves()) {
    if (leaf.path.startsWith("metadata.")) continue;
    if (leaf.unknown) open ||= /secret|\bname$|ref/i.test(leaf.path);
    else if (leaf.text !== undefined) texts.add(leaf.text);
  }
  known.set(root, { texts, open });
  return { texts, open };
}
