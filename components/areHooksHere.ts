import * as pulumi from "@pulumi/pulumi";

/** Unit tests and `palier render` put mocks in the engine's place, which know no hooks. */
export function areHooksHere(): boolean {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  return typeof monitor?.registerResourceHook === "function";
}
