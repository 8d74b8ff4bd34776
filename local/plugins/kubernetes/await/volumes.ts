import type { Client } from "../api/client.ts";
import { at, type KubeObject, text } from "../model/object.ts";
import { type Awaiter, ready, type Verdict, waitingFor } from "./awaiter.ts";
import { warnings } from "./warnings.ts";

export const persistentVolume: Awaiter = {
  timeoutSeconds: 300,
  verdict(live) {
    const phase = text(at(live, "status", "phase"));
    return phase === "Available" || phase === "Bound" ? ready : waitingFor(`the volume is ${phase || "new"}`);
  },
};

/** Bound, or of a class that binds only when a pod uses the claim: that pod may well come after this resource. */
export const persistentVolumeClaim: Awaiter = {
  timeoutSeconds: 300,
  async verdict(live, client) {
    const verdict = claimVerdict(live, undefined);
    return verdict.ready ? verdict : claimVerdict(live, await storageClass(live, client));
  },
  problems: (live, client) => warnings(client, live),
};

export function claimVerdict(live: KubeObject, storageClass: KubeObject | undefined): Verdict {
  const phase = text(at(live, "status", "phase"));
  if (phase === "Bound") return ready;
  if (phase === "Lost") return { ready: false, failed: true, waiting: "the volume of this claim is lost" };
  if (phase === "Pending" && storageClass?.["volumeBindingMode"] === "WaitForFirstConsumer") return ready;
  return waitingFor("the claim to be bound to a volume");
}

async function storageClass(live: KubeObject, client: Client): Promise<KubeObject | undefined> {
  const name = text(at(live, "spec", "storageClassName"));
  if (name === "") return undefined;
  return client.get({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name }).catch(() => undefined);
}
