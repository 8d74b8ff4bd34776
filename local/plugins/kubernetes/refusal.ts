import { ApiError, isApiError, Unreachable } from "../../../core/cluster/apiError.ts";
import { NoSuchKind } from "./api/api-error.ts";
import { type KubeObject, title } from "./model/object.ts";
import { redact, secretTexts } from "./redact.ts";

const help =
  "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources";

/** One line for what the API server refused: the object, the field, why, and what to do where that is known. */
export function refusal(
  error: unknown,
  verb: string,
  object: KubeObject,
  inputs: Parameters<typeof secretTexts>[0],
): Error {
  const message = redact(explain(error, verb, object), secretTexts(inputs));
  return Object.assign(new Error(message.replace(/\s*\n\s*/g, "; ")), { cause: error });
}

function explain(error: unknown, verb: string, object: KubeObject): string {
  const what = title(object);
  if (error instanceof Unreachable) return `configured Kubernetes cluster is unreachable: ${error.message}`;
  if (error instanceof NoSuchKind) return `${what} was not ${verb}: ${error.message}`;
  if (!(error instanceof ApiError)) return `${what} was not ${verb}: ${(error as Error).message}`;
  if (isApiError(error, 409, "AlreadyExists")) return `${what} was not ${verb}: ${error.message}. ${adoption}`;
  if (isApiError(error, 409, "Conflict")) return conflict(error, what, verb);
  return `${what} was not ${verb}, the API server refused it: ${reasons(error, object)}`;
}

const adoption =
  "To adopt it import it (resource option `import`, or `pulumi import`), use an alias if the resource was renamed, a Patch resource to manage some of its fields, or the provider option `upsertExistingObjects` (PULUMI_K8S_UPSERT_EXISTING_OBJECTS=true)";

function conflict(error: ApiError, what: string, verb: string): string {
  const fields = error.causes.map(({ field, message }) => `${field} (${message})`).join(", ");
  const hint =
    'Drop the field, add it to ignoreChanges, or take it over with the annotation pulumi.com/patchForce: "true"';
  return `${what} was not ${verb}: Server-Side Apply field conflict detected: ${fields || error.message}. ${hint}. See ${help} for troubleshooting help.`;
}

function reasons(error: ApiError, object: KubeObject): string {
  const causes = error.causes.filter(({ field }) => field !== "");
  if (error.reason === "Invalid" && causes.length > 0) {
    return causes.map(({ field, message }) => `${field}: ${message}`).join("; ");
  }
  // The server's own prefix repeats the kind and the name.
  return error.message.replace(`${object.kind}.${group(object)} "${object.metadata.name}" is invalid: `, "");
}

function group({ apiVersion }: KubeObject): string {
  return apiVersion.includes("/") ? apiVersion.split("/")[0]! : "";
}
