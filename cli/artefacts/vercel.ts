import { securityHeaders } from "../../core/securityHeaders.ts";
import { variablesOf } from "../envExample/variables.ts";
import type { Place } from "./place.ts";

/** `vercel.json` of the app that Vercel can host too: the headers, rewrites and public variables that the cluster gives it. */
export function vercelJson({ rendered, artefacts: { vercel } }: Place): string | undefined {
  if (!vercel) return undefined;
  const { app, build = {}, regions, rewrites = {}, imageHosts } = vercel;
  const values = rendered.components.find(({ kind, name }) => kind === "App" && name === app)!.values;
  const own = values.flatMap(({ argument, value }) => {
    const [, name] = /^edge\.headers\.(.+)$/.exec(argument) ?? [];
    return name === undefined ? [] : [[name, String(value)]];
  });
  const headers = Object.entries({ ...securityHeaders, ...Object.fromEntries(own) }).filter(
    ([, value]) => value !== "",
  );
  const { open } = variablesOf(rendered, app);
  const redirected = Object.entries(rewrites).map(([source, destination]) => ({ source, destination }));
  const json = {
    $schema: "https://openapi.vercel.sh/vercel.json",
    ...build,
    ...(regions ? { regions } : {}),
    headers: [{ source: "/(.*)", headers: headers.map(([key, value]) => ({ key, value })) }],
    ...(redirected.length > 0 ? { rewrites: redirected } : {}),
    env: Object.fromEntries(Object.entries(open).filter(([name]) => isTold(name))),
    ...(imageHosts ? { images: images(imageHosts) } : {}),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** What a browser may be told, and what names the environment: the cluster's own variables stay there. */
function isTold(name: string): boolean {
  return name.startsWith("NEXT_PUBLIC_") || ["NODE_ENV", "ENVIRONMENT"].includes(name);
}

/** The sizes are those that Next.js makes by itself. */
function images(hosts: readonly string[]) {
  return {
    sizes: [640, 750, 828, 1080, 1200, 1920, 2048, 3840],
    remotePatterns: hosts.map((hostname) => ({ protocol: "https", hostname })),
    formats: ["image/avif", "image/webp"],
  };
}
