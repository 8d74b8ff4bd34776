import type { HookArgs } from "./args.ts";

/** How long it may take and how often it is tried again, completed. */
export function hookSettings({ deadlineSeconds = 300, retries = 2 }: HookArgs) {
  return { deadlineSeconds, retries };
}
