import { z } from "zod";
import { Field, Secret, undecided } from "../../core/rules/reading/field.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Subject } from "../../core/rules/rule.ts";
import { kubernetesKind, parseUrn } from "../adapter/urn.ts";

const exported = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.object({
          urn: z.string(),
          type: z.string(),
          inputs: z.unknown().optional(),
          parent: z.string().optional(),
          protect: z.boolean().default(false),
          ignoreChanges: z.array(z.string()).optional(),
        }),
      )
      .default([]),
  }),
});

/** How the engine marks a secret in a state. */
const secretMark = "4dabf18193072939515e22adb298388d";

export interface Kept {
  readonly object: KubernetesObject;
  readonly urn: string;
  readonly parent?: string;
  readonly options: Pick<Subject, "protect" | "ignoreChanges">;
}

/** The Kubernetes objects of what `pulumi stack export` printed, and the stack's name. Throws what zod finds wrong. */
export function readState(text: string): { stack: string; objects: Kept[] } {
  const { resources } = exported.parse(JSON.parse(text)).deployment;
  const stack = parseUrn(resources[0]?.urn ?? "").stack;
  // An engine that is not of late does not keep them: where nobody has any, somebody may have had some.
  const kept = resources.some(({ ignoreChanges }) => ignoreChanges);
  const objects = resources.flatMap(({ urn, type, inputs, parent, protect, ignoreChanges }) => {
    const kind = kubernetesKind(type);
    if (kind === undefined) return [];
    const options: Kept["options"] = { protect, ignoreChanges: ignoreChanges ?? (kept ? [] : undecided) };
    return kubernetesObjects(kind, new Field(readable(inputs))).map((object) => ({ object, urn, parent, options }));
  });
  return { stack, objects };
}

/** Encrypted values are known to be there and to be secret, and no more. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value) return new Secret("plaintext" in value ? readable(plain(value.plaintext)) : undecided);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
}

/** With `--show-secrets` the engine writes a secret's value as JSON. */
function plain(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
}
