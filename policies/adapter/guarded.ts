import type { ReportViolation, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";

/** The resource that stands for the stack: the one place to say something about the run as a whole. */
export const stackType = "pulumi:pulumi:Stack";

/**
 * A policy that checks its configuration and whose own bugs are violations. An exception would abort the whole
 * operation, and one about an unknown value would quietly become advice.
 */
export function guarded(name: string, validate: ResourceValidation): ResourceValidation {
  return (args, report) => {
    try {
      if (args.type === stackType) checkParameters(name, args, report);
      return validate(args, report);
    } catch (error) {
      report(
        `Policy ${name} failed on this resource (${error instanceof Error ? error.name : "unknown error"}), so nothing is proven about it. This is a bug of the policy; disable it by name to go on.`,
        args.urn,
      );
    }
  };
}

/** Policies take no parameters yet. The engine strips `enforcementLevel` and accepts every other key in silence. */
function checkParameters(name: string, args: ResourceValidationArgs, report: ReportViolation): void {
  const given = Object.keys(args.getConfig()).map((key) => `"${key}"`);
  if (given.length === 0) return;
  report(
    `The configuration of ${name} has ${given.join(", ")}. Allowed: enforcementLevel (advisory, mandatory, disabled).`,
    args.urn,
  );
}
