interface Metadata extends Record<string, unknown> {
  method?: string;
  path?: string;
  status?: number;
  milliseconds?: number;
}

/** A line with what is known of an answer at its top, as MecaPy has it. */
export function flat({ metadata = {}, ...line }: { metadata?: Metadata }): Record<string, unknown> {
  const { method, path, status, milliseconds, ...more } = metadata;
  const answer = { endpoint: path, method, status_code: status, duration_ms: milliseconds };
  return { ...line, ...answer, ...(Object.keys(more).length > 0 ? { metadata: more } : {}) };
}

/** The trace that a request belongs to, by the header of the W3C; undefined where it carries none. */
export function traceOf({ traceparent }: Record<string, unknown>): string | undefined {
  const [, trace] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(String(traceparent)) ?? [];
  return trace === "0".repeat(32) ? undefined : trace;
}
