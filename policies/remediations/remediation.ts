import type { Policies } from "@pulumi/policy";
import { UnknownValueError } from "@pulumi/policy";
import { kubernetesKind, parseUrn } from "../adapter/urn.ts";

/** The inputs of a resource as the SDK lets a remediation change them: a secret stays secret, an unknown throws when read. */
export type Inputs = Record<string, unknown>;

export interface Remediation {
  readonly name: string;
  readonly description: string;
  /** Changes the inputs in place; true where it has. */
  readonly mend: (inputs: Inputs, kind: string, stack: string) => boolean;
}

/** Remediations as policies. They are off until somebody sets them to `remediate`; the engine shows what they change. */
export function remediationPolicies(remediations: readonly Remediation[]): Policies {
  return remediations.map(({ name, description, mend }) => ({
    name,
    description,
    enforcementLevel: "disabled",
    remediateResource: ({ type, urn, props }) => {
      const kind = kubernetesKind(type);
      if (kind === undefined || kind.endsWith("Patch")) return undefined;
      try {
        return mend(props, kind, parseUrn(urn).stack) ? props : undefined;
      } catch (error) {
        // What isn't known yet is left as it is: the rules judge it at `up`.
        if (error instanceof UnknownValueError) return undefined;
        throw error;
      }
    },
  }));
}

/** The map there, made where it is missing. */
export function mapAt(inputs: Inputs, key: string): Inputs {
  inputs[key] ??= {};
  return inputs[key] as Inputs;
}
