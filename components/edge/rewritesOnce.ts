import { ArgumentError, below } from "../argument.ts";
import type { Check } from "../check.ts";
import type { EdgeArgs } from "./args.ts";
import { pathsOf } from "./settings.ts";

/** Refuses a rewrite or a redirect that no request meets, and one whose path a second rewrite would change again. */
export const rewritesOnce: Check = (path, value) => {
  const { rewrites = {}, redirects = {} } = value as EdgeArgs;
  const paths = pathsOf(value as EdgeArgs);
  for (const [key, map] of Object.entries({ rewrites, redirects })) {
    for (const from of Object.keys(map)) {
      if (paths.some((one) => isBelow(from, one))) continue;
      throw new ArgumentError(
        below(`${path}.${key}`, from),
        `is under none of paths, ${paths.join(", ")}; add it there`,
      );
    }
  }
  for (const [from, to] of Object.entries(rewrites)) {
    const next = Object.keys(rewrites).find((other) => other !== from && isBelow(to, other));
    if (next === undefined) continue;
    const reason = `${to} is under ${next}, which is rewritten too; some controllers would do both`;
    throw new ArgumentError(below(`${path}.rewrites`, from), reason);
  }
};

/** Whether a path is another or lies below it. */
function isBelow(path: string, other: string): boolean {
  return other === "/" || path === other || path.startsWith(`${other}/`);
}
