import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Subject } from "../rule.ts";

/** Kinds by which apps are opened to browsers. */
export const routeKinds: readonly string[] = ["Ingress", "IngressRoute", "HTTPRoute"];

/** What a route takes its traffic through: the objects found, and the reference to each that is not. */
export interface Attached {
  readonly objects: readonly KubernetesObject[];
  readonly missing: readonly { readonly field: Field; readonly name?: string }[];
}

/** The middlewares and plug-ins that an Ingress, a Traefik route or an HTTPRoute names, and the policies that name it. */
export function attachedTo(subject: Subject): Attached {
  const { object, inventory } = subject;
  const named = [...byAnnotation(object.root), ...byField(object.root)];
  const anywhere = { ...object, namespace: undefined };
  const candidates = ["Middleware", "KongPlugin", "ConfigMap"].flatMap((kind) => inventory.sharing(anywhere, kind));
  const found = named.map(({ field, name }) => ({
    field,
    name,
    one: candidates.find((one) => name !== undefined && namesOf(one).includes(name)),
  }));
  return {
    objects: [...found.flatMap(({ one }) => (one ? [one] : [])), ...policiesOf(subject)],
    missing: found.filter(({ one }) => one === undefined),
  };
}

interface Named {
  readonly field: Field;
  readonly name?: string;
}

/** `shop-limit@kubernetescrd` of Traefik, `limit` of Kong, `shop/headers` of ingress-nginx. */
function byAnnotation(root: Field): Named[] {
  return root
    .at("metadata", "annotations")
    .entries()
    .filter(({ key }) => /\/(router\.middlewares|plugins|custom-headers)$/.test(key))
    .flatMap((field) => {
      const names = field.title?.split(",").map((name) => name.trim().replace(/@.*/, ""));
      return names?.map((name) => ({ field, name })) ?? [{ field }];
    });
}

function byField(root: Field): Named[] {
  const spec = root.at("spec");
  const own = spec
    .at("routes")
    .items()
    .flatMap((route) => route.at("middlewares").items());
  const filters = spec
    .at("rules")
    .items()
    .flatMap((rule) => rule.at("filters").items());
  const references = [...own, ...filters.map((filter) => filter.at("extensionRef"))];
  return references.filter(({ absent }) => !absent).map((field) => ({ field, name: field.at("name").title }));
}

function namesOf({ name = "", namespace = "" }: KubernetesObject): string[] {
  return [name, `${namespace}-${name}`, `${namespace}/${name}`];
}

/** Policies of the Gateway API point at routes and gateways, not the other way round. */
function policiesOf({ object, inventory }: Subject): KubernetesObject[] {
  const gateways = object.root
    .at("spec", "parentRefs")
    .items()
    .map((parent) => parent.at("name").text);
  return ["BackendTrafficPolicy", "RateLimitPolicy"]
    .flatMap((kind) => inventory.sharing({ ...object, namespace: undefined }, kind))
    .filter(({ root }) => {
      const targets = [root.at("spec", "targetRef"), ...root.at("spec", "targetRefs").items()];
      return targets.some((target) => {
        const name = target.at("name").text;
        if (name === undefined) return false;
        return target.at("kind").text === "Gateway" ? gateways.includes(name) : name === object.name;
      });
    });
}
