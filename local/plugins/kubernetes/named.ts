import { type KubeObject, parseId } from "./model/object.ts";

/** The id says which object it is, also where its name came from the cluster (generateName). */
export function named(object: KubeObject, id: string): KubeObject {
  const { generateName: _, ...metadata } = object.metadata;
  return { ...object, metadata: { ...metadata, ...parseId(id) } };
}
