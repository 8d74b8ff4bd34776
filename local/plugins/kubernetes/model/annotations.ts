import type { Value } from "../../../grpc/values.ts";
import { at, text } from "./object.ts";

/** The annotations by which a program speaks to the provider about one object. */
export const annotation = {
  autonamed: "pulumi.com/autonamed",
  skipAwait: "pulumi.com/skipAwait",
  waitFor: "pulumi.com/waitFor",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  replaceUnready: "pulumi.com/replaceUnready",
  patchForce: "pulumi.com/patchForce",
  patchFieldManager: "pulumi.com/patchFieldManager",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
} as const;

export function annotated(object: Value, key: string): string {
  return text(at(object, "metadata", "annotations", key));
}

export function isAnnotatedTrue(object: Value, key: string): boolean {
  return annotated(object, key) === "true";
}

/** customTimeouts win over the annotation, the annotation over the provider's own ten minutes. */
export function timeoutOf(object: Value, customSeconds: number, defaultSeconds = 600): number {
  if (customSeconds > 0) return customSeconds;
  const seconds = annotated(object, annotation.timeoutSeconds);
  return /^\d+$/.test(seconds) ? Number(seconds) : defaultSeconds;
}

export function deletionPropagation(object: Value): "Foreground" | "Background" | "Orphan" {
  switch (annotated(object, annotation.deletionPropagation).toLowerCase()) {
    case "orphan":
      return "Orphan";
    case "background":
      return "Background";
    default:
      return "Foreground";
  }
}
