import { isPropertyMap, type PropertyMap, type Value } from "../../../grpc/values.ts";
import { at } from "./object.ts";

export type PropertyPath = (string | number)[];

/** Pulumi's notation: `spec.ports[0].port`, `metadata.annotations["a.b/c"]`; `[*]` is any element. */
export function parsePath(path: string): PropertyPath {
  const steps: PropertyPath = [];
  const token = /\.?([^.[\]"]+)|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\[(\*)\]/gy;
  for (let match = token.exec(path); match !== null; match = token.exec(path)) {
    if (match[3] !== undefined) steps.push(Number(match[3]));
    else steps.push(match[1] ?? match[4] ?? match[2]!.replace(/\\(.)/g, "$1"));
  }
  return steps;
}

/** True when `path` is `outer` or lies inside of it. */
export function contains(outer: PropertyPath, path: PropertyPath): boolean {
  return outer.length <= path.length && outer.every((step, index) => step === "*" || step === path[index]);
}

export function hasAt(value: Value | undefined, path: PropertyPath): boolean {
  return at(value, ...path) !== undefined;
}

/** Sets a value where its parents are (making missing objects, never list elements); false where they are not. */
export function setAt(root: PropertyMap, path: PropertyPath, value: Value): boolean {
  let here: Value | undefined = root;
  for (const [index, step] of path.slice(0, -1).entries()) {
    if (isPropertyMap(here) && here[step] === undefined && typeof path[index + 1] === "string") here[step] = {};
    here = at(here, step);
  }
  const last = path.at(-1)!;
  if (isPropertyMap(here)) here[last] = value;
  else if (Array.isArray(here) && Number(last) < here.length) here[Number(last)] = value;
  else return false;
  return true;
}

export function removeAt(root: PropertyMap, path: PropertyPath): void {
  const parent = at(root, ...path.slice(0, -1));
  if (isPropertyMap(parent)) delete parent[path.at(-1)!];
}
