import { createHash } from "node:crypto";
import type { RedisUserArgs } from "./args.ts";

/** Who may use a server, and how. */
export interface User extends RedisUserArgs {
  password: string;
}

/** What the server's own people log in as; `default` is who gives no name, as `link` does, and `prober` asks who is the primary. */
export const own = { admin: "admin", unnamed: "default", prober: "prober" } as const;

/**
 * What an app needs: all that reads and writes keys. Neither what administers a server, nor what stops it for
 * everybody or empties it; of Redis' category of dangerous commands, those that queues and clients ask for again.
 */
const ofApps = "+@all -@admin -@dangerous +info +role +sort +sort_ro +client|list";

/** Who may ask for the state of a server, and nothing else. */
export function proberLine(password: string): string {
  return `user ${own.prober} on #${sha256(password)} -@all +ping +info +quit`;
}

/** The users of a server, as its settings have them: by a hash of the password, which tells nothing of a random one. */
export function aclLines(admin: string, users: { [name: string]: User }): string[] {
  const line = (name: string, password: string, keys: readonly string[], commands: string) => {
    const patterns = keys.flatMap((pattern) => [`~${pattern}`, `&${pattern}`]).join(" ");
    return `user ${name} on #${sha256(password)} ${patterns} ${commands}`;
  };
  return [
    line(own.admin, admin, ["*"], "+@all"),
    ...Object.entries(users).map(([name, { password, keys = ["*"] }]) => line(name, password, keys, ofApps)),
  ];
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
