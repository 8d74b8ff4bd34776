import type { Container } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Pod } from "./podRule.ts";

/** A security setting of a container. */
export function own({ field }: Container, ...keys: string[]): Field {
  return field.at("securityContext", ...keys);
}

/** What holds for a container: its own setting, else the pod's. */
export function effective(container: Container, { spec }: Pod, ...keys: string[]): Field {
  const stated = own(container, ...keys);
  return stated.absent ? spec.at("securityContext", ...keys) : stated;
}

/** Every place of a pod that states this setting: the pod's own security context, and each container's. */
export function everywhereStated({ spec, containers }: Pod, ...keys: string[]): { field: Field; container?: string }[] {
  const inContainers = containers.map((container) => ({ field: own(container, ...keys), container: container.name }));
  return [{ field: spec.at("securityContext", ...keys) }, ...inContainers].filter(({ field }) => !field.absent);
}
