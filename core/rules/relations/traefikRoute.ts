import type { Field } from "../reading/field.ts";
import type { Entry } from "./entry.ts";

/**
 * What an IngressRoute of Traefik's takes, of rules that ask for hosts and paths alone: one that asks for more, or has a priority
 * of its own, takes a share on purpose, and one that leads to Traefik itself sends on or answers there.
 */
export function traefikEntries(spec: Field): Entry[] {
  const routes = spec.at("routes").items();
  return routes
    .filter((route) => serves(route) && route.at("priority").absent)
    .flatMap((route) => of(route.at("match")));
}

function serves(route: Field): boolean {
  const services = route.at("services").items();
  return services.length === 0 || services.some((service) => !service.at("name").text?.endsWith("@internal"));
}

function of(match: Field): Entry[] {
  const none = match.reading(undefined);
  if (match.unknown) return [{ host: match, path: none, type: none }];
  const text = match.text ?? "";
  if (/[^&|()\s]/.test(text.replaceAll(/\b(Host|PathPrefix|Path)\(`[^`]*`\)/g, ""))) return [];
  const hosts = [...text.matchAll(/\bHost\(`([^`]*)`\)/g)].map(([, host]) => match.reading(host));
  const paths = [...text.matchAll(/\b(PathPrefix|Path)\(`([^`]*)`\)/g)].map(([, type, path]) => ({
    path: match.reading(path),
    type: match.reading(type === "Path" ? "Exact" : "Prefix"),
  }));
  const all = paths.length > 0 ? paths : [{ path: none, type: none }];
  return hosts.flatMap((host) => all.map((one) => ({ host, ...one })));
}
