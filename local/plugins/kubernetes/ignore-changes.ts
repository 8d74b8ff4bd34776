import { ownership } from "./managed-fields.ts";
import type { KubeObject } from "./model/object.ts";
import { at } from "./model/object.ts";
import { parsePath, removeAt, setAt } from "./model/property-path.ts";

/**
 * `ignoreChanges` for server-side apply. A field that only others set is left out of what is sent. A field that is
 * ours is sent with its live value: left out it would be unset, since a manager that no longer says a field removes it.
 */
export function keepIgnored(object: KubeObject, live: KubeObject, ignored: string[], fieldManager: string): KubeObject {
  const sent = structuredClone(object);
  for (const path of ignored.map(parsePath)) {
    const { ours, theirs } = ownership(live, path, fieldManager);
    const value = at(live, ...path);
    if (theirs && !ours) removeAt(sent, path);
    else if (value !== undefined) setAt(sent, path, structuredClone(value));
  }
  return sent;
}
