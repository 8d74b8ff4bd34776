import type { Process } from "../workload/pod.ts";
import { startupProbe } from "../workload/startup.ts";
import type { AppSettings } from "./settings.ts";

/** Of the container that serves. */
export function processOf(own: AppSettings): Process {
  return { ports: [{ name: "http", containerPort: own.port }], ...probes(own) };
}

function probes({
  health,
}: Pick<AppSettings, "health">): Pick<Process, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const get = (path: string) => ({ httpGet: { path, port: "http" }, timeoutSeconds: 3 });
  return {
    startupProbe: startupProbe(get(health.start), health.startSeconds),
    readinessProbe: { ...get(health.ready), periodSeconds: 2, failureThreshold: 2 },
    livenessProbe: { ...get(health.live), periodSeconds: 10, failureThreshold: 3 },
  };
}
