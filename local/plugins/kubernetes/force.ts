import { annotation, isAnnotatedTrue } from "./model/annotations.ts";
import type { KubeObject } from "./model/object.ts";
import type { Session } from "./session.ts";

/** Fields that others set are taken over only where the program, or the provider's configuration, says so. */
export function isForced(session: Session, object: KubeObject): boolean {
  return isAnnotatedTrue(object, annotation.patchForce) || session.config.enablePatchForce;
}
