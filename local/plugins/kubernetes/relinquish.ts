import { isNotFound } from "../../../core/cluster/apiError.ts";
import type { Client } from "./api/client.ts";
import { type KubeObject, reference } from "./model/object.ts";

/** Gives up the fields of a manager: an apply that says nothing. What nobody else set is removed. */
export async function relinquish(client: Client, object: KubeObject, fieldManager: string): Promise<void> {
  const { apiVersion, kind, namespace, name } = reference(object);
  const nothing = { apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } };
  try {
    // An apply would make an object that is gone.
    await client.get(reference(object));
    await client.apply(nothing, { fieldManager, force: false });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
