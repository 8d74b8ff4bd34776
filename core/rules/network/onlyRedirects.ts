import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** Whether a rule of an HTTPRoute sends on to HTTPS. */
export function redirects(rule: Field): boolean {
  const filters = rule.at("filters").items();
  return filters.some((filter) => filter.at("requestRedirect", "scheme").text === "https");
}

/** Whether a route sends all that it takes on to HTTPS: it serves nothing of the app's. */
export function onlyRedirects({ kind, root }: KubernetesObject, attached: readonly KubernetesObject[]): boolean {
  if (kind === "HTTPRoute") {
    const rules = root.at("spec", "rules").items();
    return rules.length > 0 && rules.every(redirects);
  }
  const middlewares = attached.filter((one) => one.kind === "Middleware");
  return kind === "IngressRoute" && middlewares.some(toHttps);
}

const toHttps = ({ root }: KubernetesObject) => root.at("spec", "redirectScheme", "scheme").text === "https";
