import { isPropertyMap, type PropertyMap } from "../../../grpc/values.ts";
import { at, maps, text } from "../model/object.ts";

/** What the API server answered instead of doing what was asked. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly status: PropertyMap;
  constructor(code: number, body: unknown, request: string) {
    const status = isPropertyMap(body as PropertyMap) ? (body as PropertyMap) : {};
    super(text(status["message"]) || `${request} was answered with HTTP status ${code}`);
    this.code = code;
    this.reason = text(status["reason"]);
    this.status = status;
  }

  /** Fields and what is wrong with each, where the server says so. */
  get causes(): { field: string; message: string }[] {
    return maps(at(this.status, "details", "causes")).map((cause) => ({
      field: text(cause["field"]),
      message: text(cause["message"]),
    }));
  }
}

/** The cluster knows no such kind: its CustomResourceDefinition is missing, or not there yet. */
export class NoSuchKind extends Error {
  constructor(apiVersion: string, kind: string) {
    super(
      `the API server knows no kind ${kind} in ${apiVersion}; create its CustomResourceDefinition first, and let this resource depend on it`,
    );
  }
}

/** Nobody answers at the address of the kubeconfig, or not in a way that can be trusted. */
export class Unreachable extends Error {}

export function isApiError(error: unknown, code: number, reason?: string): error is ApiError {
  return error instanceof ApiError && error.code === code && (reason === undefined || error.reason === reason);
}

export function isNotFound(error: unknown): error is ApiError {
  return isApiError(error, 404);
}

export function isMissingNamespace(error: unknown): boolean {
  return isNotFound(error) && at(error.status, "details", "kind") === "namespaces";
}

export function isAlreadyThere(error: unknown): boolean {
  return isApiError(error, 409, "AlreadyExists");
}
