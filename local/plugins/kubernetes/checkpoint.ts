import { randomBytes } from "node:crypto";
import { isPropertyMap, type PropertyMap, reveal, Secret, type Value } from "../../grpc/values.ts";
import { annotated, annotation } from "./model/annotations.ts";
import { type KubeObject, text } from "./model/object.ts";
import { annotateSecrets } from "./secretness.ts";

const [inputsKey, versionKey, managerKey] = ["__inputs", "__initialApiVersion", "__fieldManager"] as const;

/** What the state keeps of a resource: the live object, and from which inputs and by which field manager it was made. */
export function checkpoint(
  live: KubeObject,
  inputs: PropertyMap,
  state: PropertyMap,
  fieldManager: string,
): PropertyMap {
  return {
    ...annotateSecrets(live, inputs),
    [inputsKey]: annotateSecrets(inputs, inputs),
    [versionKey]: text(state[versionKey]) || live.apiVersion,
    [managerKey]: fieldManager,
  };
}

/** The inputs of the last time: what the engine passes, or what an older state holds. */
export function inputsOf(passed: PropertyMap, state: PropertyMap): PropertyMap {
  if (Object.keys(passed).length > 0) return passed;
  const kept: Value | undefined = state[inputsKey];
  const inner = kept instanceof Secret ? kept.value : kept;
  return isPropertyMap(inner) ? inner : {};
}

/** Whose fields they are, for server-side apply: the annotation, else the one of the state, else a new one. */
export function fieldManagerOf(inputs: PropertyMap, state: PropertyMap): string {
  return (
    annotated(reveal(inputs), annotation.patchFieldManager) ||
    text(reveal(state)[managerKey]) ||
    `pulumi-kubernetes-${randomBytes(4).toString("hex")}`
  );
}
