import { securityHeaders } from "../../core/securityHeaders.ts";

const transport = "Strict-Transport-Security";

/** The headers of every answer. A browser may be told to insist on TLS only where there is TLS. */
export function answerHeaders(own: { [name: string]: string } = {}, secure: boolean): { [name: string]: string } {
  const usual = { ...securityHeaders, "X-DNS-Prefetch-Control": "on" };
  const replaced = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(usual).filter(([name]) => !replaced.has(name.toLowerCase()));
  const all = [...kept, ...Object.entries(own).filter(([, value]) => value !== "")];
  return Object.fromEntries(all.filter(([name]) => secure || name.toLowerCase() !== transport.toLowerCase()));
}
