import type { Cluster } from "../../core/cluster/cluster.ts";
import { releaseAnnotation, slotLabel } from "../../core/labels.ts";
import { manager } from "./release.ts";

/** Where an app's Service leads, and where the engine has committed it to lead. */
export interface Led {
  selected?: string;
  /** What the engine has written; of a Service from before there were releases, what it selects. */
  committed?: string;
}

/** Undefined where there is no Service yet. */
export async function ledOf(cluster: Cluster, app: string): Promise<Led | undefined> {
  const service = await cluster.get("Service", app);
  if (!service) return undefined;
  const selected: string | undefined = service["spec"]?.selector?.[slotLabel];
  return { selected, committed: service.metadata.annotations?.[releaseAnnotation] ?? selected };
}

const path = `/spec/selector/${slotLabel.replace("/", "~1")}`;

/** Moves all traffic, unless somebody else has moved it meanwhile: then it is false, and nothing was done. */
export function move(cluster: Cluster, app: string, from: string, to: string): Promise<boolean> {
  return cluster.patch(
    "Service",
    app,
    [
      { op: "test", path, value: from },
      { op: "replace", path, value: to },
    ],
    manager,
  );
}
