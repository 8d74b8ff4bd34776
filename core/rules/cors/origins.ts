/** Why an origin lets in more than itself, and how bad that is; undefined for an exact origin. */
export interface OpenOrigin {
  readonly origin: string;
  readonly problem: string;
  /** A wildcard lets everybody in; plain http only lets in who can tamper with the connection. */
  readonly wildcard: boolean;
}

/** The origins of a list however frameworks take it: JSON, commas, spaces, semicolons. */
export function originsIn(text: string): string[] {
  const json = /^\s*\[/.test(text) ? listed(text) : undefined;
  const list = json ?? text.split(/[,;\s]+/);
  const origins = list.map((origin) => origin.trim().replace(/^["']+|["']+$/g, ""));
  return origins.filter((origin) => origin !== "").flatMap((origin) => inExactPattern(origin) ?? origin);
}

/** The origins of a pattern that has both its ends and fits these alone: `^(https://a[.]example|https://b[.]example)$`. */
function inExactPattern(pattern: string): string[] | undefined {
  const inner = /^\^\(([^()]*)\)\$$/.exec(pattern)?.[1] ?? /^\^([^()|]*)\$$/.exec(pattern)?.[1];
  const literal = /^([A-Za-z0-9:/-]|\[\.\]|\\\.)+$/;
  const parts = inner?.split("|");
  return parts?.every((part) => literal.test(part))
    ? parts.map((part) => part.replaceAll(/\[\.\]|\\\./g, "."))
    : undefined;
}

function listed(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}

export function openOrigin(origin: string): OpenOrigin | undefined {
  const wildcard = (problem: string) => ({ origin, problem, wildcard: true });
  if (/^(\*|all|any|true|yes|on)$/i.test(origin)) return wildcard("lets every site read the answers");
  if (/^null$/i.test(origin)) return wildcard("is the origin of every sandboxed frame and local file");
  if (/\$\{?http_origin\}?|req\.(fhdr|hdr)\(origin\)/i.test(origin)) return wildcard("reflects whatever origin asks");
  if (/\$[({]|\{\{/.test(origin)) return undefined;
  if (origin.includes("*")) return wildcard("contains a wildcard");
  if (/[\\^$()[\]|+?{}]/.test(origin) || /^\/.*\/\w*$/.test(origin))
    return wildcard("is a pattern, not one exact origin");
  if (/^[a-z][a-z0-9+.-]*:\/*$/i.test(origin)) return wildcard("allows a whole scheme");
  if (/^http:\/\//i.test(origin) && !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(origin)) {
    return { origin, problem: "is not https, so anybody on the way can speak in its name", wildcard: false };
  }
  return undefined;
}

/** What a response header in a snippet, a script or a server's configuration gives as the allowed origin. */
export function originsInHeaders(text: string): string[] {
  const header = /Access-Control-Allow-Origin["']?\s*[:=,]?\s*["']?([^"'\s;,>]+)/gi;
  return [...text.matchAll(header)].map(([, origin]) => origin ?? "");
}
