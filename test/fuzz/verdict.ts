import * as pulumi from "@pulumi/pulumi";
import type { Declared } from "../declared.ts";
import type { Input } from "./inputs.ts";
import { schemaErrors } from "./kubernetesSchema.ts";
import type { Outcome } from "./outcome.ts";
import { canary } from "./words.ts";

/** A password that the stand-in for the random provider made. */
const madeSecret = "made-";

/** Why an outcome is not as it must be: valid objects, or one clear error with a path; and never a secret. */
export function faults(input: Input, outcome: Outcome): string[] {
  if ("error" in outcome) return refusalFaults(input, outcome.error);
  if (input.refusedAt !== undefined) return [`was accepted, and must be refused at ${input.refusedAt}`];
  // Secrets that others have made and servers elsewhere are only named, and what is not watched has nobody to tell.
  const isEmpty = !outcome.declared.some(({ type }) =>
    /^kubernetes:|:(Secrets|Image|Monitoring|Redis|Mongo|ObjectStore)$/.test(type),
  );
  const wrong = outcome.declared.flatMap((resource) => [...leaks(resource), ...schemaErrors(resource)]);
  return isEmpty ? ["declared nothing", ...wrong] : wrong;
}

function refusalFaults({ made, refusedAt = "", what }: Input, error: unknown): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const isTold = error instanceof Error && pulumi.RunError.isInstance(error);
  const found = {
    "is an error from inside": !isTold,
    "was refused, and is allowed": made === "within",
    [`does not name ${refusedAt}`]: !message.includes(refusedAt),
    "has no path": isTold && !hasPath(what, message),
    "shows a secret": message.includes(canary.slice(0, 8)) || message.includes(madeSecret),
    "shows where in the code": /\n {4}at |TypeError|RangeError|\[object |undefined is not|Cannot read/.test(message),
    "is too long to read": message.length > 2000,
  };
  return Object.entries(found).flatMap(([fault, is]) => (is ? [`${fault}: ${text(error)}`] : []));
}

/** A component and its argument, a key of the stack file, the file itself, or the field that breaks a rule. */
function hasPath(what: Input["what"], message: string): boolean {
  if (/^\S+ breaks the rules of \w+:\n[\w-]+: [A-Z]\w+/.test(message)) return true;
  if (what !== "stack file") return message.startsWith(what);
  return /\b(avnir|palier):\w|^\w+ \w+: \w|^Pulumi\.\w/.test(message);
}

function text(error: unknown): string {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 1500);
}

/** A secret anywhere but in the data of a Secret. */
function leaks({ type, name, inputs }: Declared): string[] {
  const { stringData: _, ...elsewhere } = inputs;
  const open = JSON.stringify([name, type.startsWith("kubernetes:core/v1:Secret") ? elsewhere : inputs]);
  const isKubernetes = type.startsWith("kubernetes:");
  const shows = open.includes(canary) || (isKubernetes && open.includes(madeSecret));
  return shows ? [`${type} ${name} shows a secret`] : [];
}
