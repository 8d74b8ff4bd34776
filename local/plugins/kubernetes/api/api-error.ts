import { isApiError, isNotFound } from "../../../../core/cluster/apiError.ts";

/** The cluster knows no such kind: its CustomResourceDefinition is missing, or not there yet. */
export class NoSuchKind extends Error {
  constructor(apiVersion: string, kind: string) {
    super(
      `the API server knows no kind ${kind} in ${apiVersion}; create its CustomResourceDefinition first, and let this resource depend on it`,
    );
  }
}

export function isMissingNamespace(error: unknown): boolean {
  return isNotFound(error) && error.status.details?.kind === "namespaces";
}

export function isAlreadyThere(error: unknown): boolean {
  return isApiError(error, 409, "AlreadyExists");
}
