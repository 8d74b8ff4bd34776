import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** A header of answers, and where it is set. */
export interface Header {
  /** In lower case. */
  readonly name: string;
  readonly value: Field;
}

/** The headers that a route and what is attached to it add to answers. */
export function responseHeaders(route: KubernetesObject, attached: readonly KubernetesObject[]): Header[] {
  return [
    ...route.root.at("metadata", "annotations").entries().flatMap(inAnnotation),
    ...route.root
      .at("spec", "rules")
      .items()
      .flatMap((rule) => rule.at("filters").items())
      .flatMap((filter) => ["set", "add"].flatMap((how) => filter.at("responseHeaderModifier", how).items()))
      .map((header) => ({ name: (header.at("name").text ?? "").toLowerCase(), value: header.at("value") })),
    ...attached.flatMap(({ kind, root }) => {
      if (kind === "ConfigMap") return root.at("data").entries().map(named);
      return kind === "Middleware" ? ofMiddleware(root.at("spec", "headers")) : [];
    }),
  ];
}

const named = (value: Field): Header => ({ name: value.key.toLowerCase(), value });

const line =
  /^\s*(?:add_header\s+|more_set_headers\s+)?["']?([A-Za-z][\w-]*-[\w-]*)["']?\s*:?\s+["']?(.*?)["']?\s*(?:always)?\s*;?\s*$/;

/** `add_header X-A "b" always;` of nginx, `X-A "b"` and `X-A: b` of HAProxy's, a line each. */
function inAnnotation(annotation: Field): Header[] {
  if (!/snippet|header/.test(annotation.key)) return [];
  return (annotation.text ?? "").split(/\r?\n/).flatMap((text) => {
    const [, name, value] = line.exec(text.replace(/more_set_headers\s+"([^"]*)"/, "$1")) ?? [];
    return name === undefined ? [] : [{ name: name.toLowerCase(), value: annotation.reading(value) }];
  });
}

/** Traefik's Middleware: any header by its name, and the usual ones by fields of their own. */
function ofMiddleware(headers: Field): Header[] {
  const on = (key: string) => headers.at(key).text === "true";
  const own: [name: string, key: string, value: (text: string) => string | undefined][] = [
    ["x-frame-options", "frameDeny", () => (on("frameDeny") ? "DENY" : undefined)],
    ["x-frame-options", "customFrameOptionsValue", String],
    ["x-content-type-options", "contentTypeNosniff", () => (on("contentTypeNosniff") ? "nosniff" : undefined)],
    ["x-xss-protection", "browserXssFilter", () => (on("browserXssFilter") ? "1; mode=block" : undefined)],
    ["referrer-policy", "referrerPolicy", String],
    ["content-security-policy", "contentSecurityPolicy", String],
    ["permissions-policy", "permissionsPolicy", String],
    [
      "strict-transport-security",
      "stsSeconds",
      (seconds) =>
        [`max-age=${seconds}`, on("stsIncludeSubdomains") && "includeSubDomains", on("stsPreload") && "preload"]
          .filter(Boolean)
          .join("; "),
    ],
  ];
  const stated = own.flatMap(([name, key, value]) => {
    const field = headers.at(key);
    const text = field.text === undefined ? undefined : value(field.text);
    if (field.unknown) return [{ name, value: field }];
    return text === undefined ? [] : [{ name, value: field.reading(text) }];
  });
  return [...headers.at("customResponseHeaders").entries().map(named), ...stated];
}
