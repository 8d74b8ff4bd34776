import { type Container, containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Subject } from "../rule.ts";

export interface Image {
  readonly field: Field;
  readonly container: Container["name"];
}

/** The images of all containers of a workload. */
export function images({ object }: Subject): Image[] {
  return containers(object)
    .map(({ name, field }) => ({ field: field.at("image"), container: name }))
    .filter(({ field }) => !field.absent);
}
