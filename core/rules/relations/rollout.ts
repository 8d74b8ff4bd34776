import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { ruleWith } from "../parameters.ts";
import { podLabels } from "../pods/podRule.ts";
import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Finding } from "../rule.ts";
import { engineOf } from "./databases.ts";
import { type ReplicaCount, replicaCount } from "./replicaCount.ts";
import { anySure, servicesOf } from "./services.ts";
import { advisedInStaging } from "./stages.ts";

export const zeroDowntime = ruleWith(
  {
    id: "zero-downtime-rollout",
    description: "A Deployment that a Service sends to keeps answering while a new version takes over.",
    why: "Requests that arrive while no pod is ready are lost, at every release and every drained node.",
    severity: "high",
    levels: advisedInStaging,
    demands: ["R-11", "R-55"],
    rows: ["E06"],
    relation: true,
    parameters: z.strictObject({
      left: z.int().min(1).default(2).describe("pods that have to stay during a rollout that takes any away"),
    }),
  },
  ({ object, inventory }, { left }) => {
    if (!["Deployment", "Rollout"].includes(object.kind) || object.partial) return [];
    const served = anySure(servicesOf({ object, inventory }));
    if (served === "no" || engineOf(object) !== undefined) return [];
    if (served === "unknown") return [notDecided(podLabels(object))];
    const count = replicaCount(object, inventory);
    const strategy = object.root.at("spec", "strategy");
    const thin = object.kind === "Rollout" ? strategy.at("canary") : strategy.at("rollingUpdate");
    const all = strategy.at("type").text === "Recreate" || !strategy.at("blueGreen").absent;
    return [
      ...alone(object.root.at("spec", "replicas"), count),
      ...(all ? [] : thinned(thin, count, left)),
      ...(strategy.at("type").text === "Recreate" ? [] : stuckVolumes(object, inventory)),
    ];
  },
);

function alone(replicas: Field, { least }: ReplicaCount): Finding[] {
  if (least === undefined) return [notDecided(replicas)];
  const problem = replicas.absent ? "is not set: one pod alone" : "is one pod alone";
  const fix = "write 2 or more, or minReplicas: 2 in its autoscaler";
  return least < 2 ? [finding(replicas, { problem, fix, value: replicas.text })] : [];
}

/** Kubernetes rounds maxUnavailable down and maxSurge up, and takes one away where both come to nothing. */
function thinned(rolling: Field, { least }: ReplicaCount, left: number): Finding[] {
  const [unavailable, surge] = [rolling.at("maxUnavailable"), rolling.at("maxSurge")];
  const open = [unavailable, surge].find((field) => field.unknown);
  if (open) return [notDecided(open)];
  if (least === undefined || least < 2) return [];
  const stated = Math.floor(share(unavailable, least));
  const taken = stated === 0 && Math.ceil(share(surge, least)) === 0 ? 1 : stated;
  if (taken === 0 || least - taken >= left) return [];
  const problem = `leaves ${Math.max(least - taken, 0)} of ${least} pods during a rollout`;
  const place = stated === 0 ? surge : unavailable;
  const fix = stated === 0 ? "let it be 1 or more" : "write 0, and let maxSurge be 1 or more";
  return [finding(place, { problem, fix, value: place.text })];
}

/** Both are a quarter where they are left out. */
function share({ text = "25%" }: Field, pods: number): number {
  return text.endsWith("%") ? (Number.parseInt(text, 10) / 100) * pods : Number(text);
}

/** A volume of one node only: the new pod waits for the old one, which waits for the new one. */
function stuckVolumes(object: KubernetesObject, inventory: Inventory): Finding[] {
  const spec = podSpec(object)!;
  return spec
    .at("volumes")
    .items()
    .flatMap((volume) => {
      const claim = volume.at("persistentVolumeClaim", "claimName");
      if (volume.unknown || claim.absent) return [];
      if (claim.unknown) return [notDecided(claim)];
      const found = inventory.sharing(object, "PersistentVolumeClaim").find(({ name }) => name === claim.text);
      const modes = found?.root.at("spec", "accessModes").items() ?? [];
      const single = modes.length > 0 && modes.every(({ text }) => /^ReadWriteOnce(Pod)?$/.test(text ?? ""));
      const fix = "keep the data in a database or a bucket, or take a class with ReadWriteMany";
      const problem = "is a volume of one node: old and new pods can't both have it";
      return single ? [finding(claim, { problem, fix, value: claim.text })] : [];
    });
}
