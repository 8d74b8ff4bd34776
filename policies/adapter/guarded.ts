import type { ResourceValidation } from "@pulumi/policy";

/** The resource that stands for the stack: the one place to say something about the run as a whole. */
export const stackType = "pulumi:pulumi:Stack";

/**
 * A policy whose own bugs are violations. An exception would abort the whole operation, and one about an unknown value
 * would quietly become advice.
 */
export function guarded(name: string, validate: ResourceValidation): ResourceValidation {
  return (args, report) => {
    try {
      return validate(args, report);
    } catch (error) {
      report(
        `Policy ${name} failed on this resource (${error instanceof Error ? error.name : "unknown error"}), so nothing is proven about it. This is a bug of the policy; disable it by name to go on.`,
        args.urn,
      );
    }
  };
}

/** The same, of the stack's own resource alone: the SDK does not even read the others for it. */
export function guardedOnStack(name: string, validate: ResourceValidation): ResourceValidation {
  return Object.assign(guarded(name, validate), { __pulumiType: stackType });
}
