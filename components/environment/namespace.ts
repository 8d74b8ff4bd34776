import type { types } from "@pulumi/kubernetes";
import { environmentLabel } from "../../core/labels.ts";
import type { Stage } from "../../core/stage.ts";
import { expiresAnnotation, ttlLabel } from "./expiry.ts";

/** Of the Pod Security Standards: an upgrade of the cluster brings no stricter one overnight. An older one takes its latest. */
const standard = { level: "restricted", version: "v1.34" } as const;

export interface Meaning {
  system: string;
  stage: Stage;
  ttlHours?: number;
  /** When it ends, where that is said already. */
  expires?: string;
}

export function namespaceMetadata(
  { system, stage, ttlHours, expires }: Meaning,
  name: string,
): types.input.meta.v1.ObjectMeta {
  return {
    name,
    labels: {
      "app.kubernetes.io/part-of": system,
      "app.kubernetes.io/managed-by": "palier",
      [environmentLabel]: stage,
      ...podSecurity(),
      ...(ttlHours === undefined ? {} : { [ttlLabel]: String(ttlHours) }),
    },
    ...(expires === undefined ? {} : { annotations: { [expiresAnnotation]: expires } }),
  };
}

/** Refused, told to who deploys, and noted in the audit log. */
function podSecurity(): Record<string, string> {
  const modes = ["enforce", "warn", "audit"].map((mode) => `pod-security.kubernetes.io/${mode}`);
  return Object.fromEntries(
    modes.flatMap((mode) => [
      [mode, standard.level],
      [`${mode}-version`, standard.version],
    ]),
  );
}
