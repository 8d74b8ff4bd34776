/** What the API server says of a request that it did not do. */
export interface Status {
  message?: string;
  reason?: string;
  details?: { kind?: string; causes?: { field?: string; message?: string }[] };
}

/** What the API server answered instead of doing what was asked. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly status: Status;
  constructor(code: number, body: unknown, request: string) {
    const status: Status = typeof body === "object" && body !== null ? body : {};
    super(status.message || `${request} was answered with HTTP status ${code}`);
    this.code = code;
    this.reason = status.reason ?? "";
    this.status = status;
  }

  /** Fields and what is wrong with each, where the server says so. */
  get causes(): { field: string; message: string }[] {
    const { causes } = this.status.details ?? {};
    return (causes ?? []).map(({ field = "", message = "" }) => ({ field, message }));
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
