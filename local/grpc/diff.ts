import type { ChangeKind, Diff } from "./provider.ts";
import { isPropertyMap, type PropertyMap, Reference, Secret, Unknown, type Value } from "./values.ts";

/**
 * Compares inputs property by property, down to the leaves. Secrets are compared by what they hold; a value that is
 * not known yet counts as changed. `replaces` says for a path whether a change there needs a new resource.
 */
export function diffInputs(
  olds: PropertyMap,
  news: PropertyMap,
  replaces: (path: string) => boolean = () => false,
): Diff {
  const detailed: Record<string, ChangeKind> = {};
  collect("", olds, news, (path, kind) => {
    detailed[path] = replaces(path) ? `${kind}Replace` : kind;
  });
  return { changes: Object.keys(detailed).length > 0, detailed };
}

type Report = (path: string, kind: "add" | "delete" | "update") => void;

function collect(path: string, old: Value | undefined, new_: Value | undefined, report: Report): void {
  const [before, after] = [open(old), open(new_)];
  if (before === undefined && after === undefined) return;
  if (before === undefined) report(path, "add");
  else if (after === undefined) report(path, "delete");
  else if (isPropertyMap(before) && isPropertyMap(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      collect(join(path, key), before[key], after[key], report);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    for (let index = 0; index < Math.max(before.length, after.length); index++) {
      collect(`${path}[${index}]`, before[index], after[index], report);
    }
  } else if (!sameLeaf(before, after)) {
    report(path, "update");
  }
}

function open(value: Value | undefined): Value | undefined {
  return value instanceof Secret ? value.value : value;
}

function sameLeaf(before: Value, after: Value): boolean {
  if (before instanceof Unknown || after instanceof Unknown) return false;
  if (before === after) return true;
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return false;
  if (before.constructor !== after.constructor) return false;
  if (before instanceof Reference && after instanceof Reference)
    return before.urn === after.urn && before.id === after.id;
  if ("contents" in before && "contents" in after) {
    return JSON.stringify(before.contents) === JSON.stringify(after.contents);
  }
  return false;
}

function join(path: string, key: string): string {
  if (/[.[\]"]/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
