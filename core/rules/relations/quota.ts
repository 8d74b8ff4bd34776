import { amount } from "../../quantity.ts";
import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Field } from "../reading/field.ts";
import type { Inventory } from "../reading/inventory.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Finding } from "../rule.ts";
import { type Counted, podHas, sum } from "./podRequests.ts";
import { replicaCount, scales } from "./replicaCount.ts";

/** How much of it a quota bounds, by the key under which it does. */
const counted: Readonly<Record<string, Counted>> = {
  cpu: { kind: "requests", resource: "cpu" },
  memory: { kind: "requests", resource: "memory" },
  "requests.cpu": { kind: "requests", resource: "cpu" },
  "requests.memory": { kind: "requests", resource: "memory" },
  "limits.cpu": { kind: "limits", resource: "cpu" },
  "limits.memory": { kind: "limits", resource: "memory" },
};

export const fitsQuota = {
  ...objectRule(
    {
      id: "pods-fit-the-quota",
      description: "What a namespace's pods and volumes ask for together is within its ResourceQuota.",
      why: "The API server refuses the pod that is one too many: a release stands still half-way, or a peak finds no room.",
      severity: "high",
      levels: everywhere,
    },
    ["ResourceQuota"],
    (root, { object, inventory }) => {
      const spec = root.at("spec");
      const some = [spec.at("scopes"), spec.at("scopeSelector")].some(({ absent }) => !absent);
      // It counts some pods only.
      return some
        ? []
        : spec
            .at("hard")
            .entries()
            .flatMap((bound) => judged(bound, shares(bound.key, object, inventory)));
    },
  ),
  relation: true,
};

/** What one object takes of a bound: at least, and while a rollout, a Job or the last replica is under way. */
interface Share {
  readonly title: string;
  readonly least: number | undefined;
  readonly most: number | undefined;
}

function judged(bound: Field, shares: readonly Share[]): Finding[] {
  if (bound.unknown) return [notDecided(bound)];
  const allowed = amount(bound.text?.trim() ?? "");
  if (allowed === undefined || shares.length === 0) return [];
  const over = (which: "least" | "most") => {
    const known = shares.filter((share) => share[which] !== undefined);
    return Number(sum(known.map((share) => share[which]))) > allowed * (1 + 1e-9) ? known : undefined;
  };
  const told = (which: "least" | "most", when: string, known: readonly Share[]) => {
    const parts = known
      .filter((share) => share[which] !== 0)
      .map((share) => `${share.title} ${shown(bound.key, share[which]!)}`);
    const total = shown(bound.key, Number(sum(known.map((share) => share[which]))));
    return { problem: `is less than what is asked for ${when}, ${total} (${parts.join(", ")})`, value: bound.text };
  };
  const fix = "allow more, or ask for less";
  const [least, most] = [over("least"), over("most")];
  if (least) return [finding(bound, { ...told("least", "at the fewest replicas", least), fix })];
  if (most)
    return [finding(bound, { ...told("most", "at the most, by rollouts and Jobs too", most), fix, level: "advisory" })];
  return shares.some((share) => share.most === undefined) ? [notDecided(bound)] : [];
}

function shares(key: string, quota: KubernetesObject, inventory: Inventory): Share[] {
  if (key === "requests.storage") return volumes(quota, inventory);
  const one = counted[key];
  if (!one && key !== "pods") return [];
  return inventory
    .workloadsSharing(quota)
    .filter(({ partial, kind }) => !partial && kind !== "PodTemplate")
    .map((workload) => {
      const each = one ? podHas(workload, one, inventory) : 1;
      const { least, most } = podCount(workload, inventory);
      return { title: titleOf(workload), least: product(each, least), most: product(each, most) };
    });
}

/** A Job is over before what waits for it begins, and runs beside what ran before. */
function podCount(workload: KubernetesObject, inventory: Inventory): Omit<Share, "title"> {
  if (["Job", "CronJob"].includes(workload.kind)) return { least: 0, most: 1 };
  if (!scales(workload)) return { least: 1, most: 1 };
  const { least, most } = replicaCount(workload, inventory);
  return { least, most: sum([most, most === undefined ? undefined : surge(workload, most)]) };
}

/** How many pods a rollout adds for a while. */
function surge({ kind, root }: KubernetesObject, pods: number): number | undefined {
  const strategy = root.at("spec", "strategy");
  if (kind === "Rollout") return rolloutSurge(strategy, pods);
  if (kind !== "Deployment" || strategy.at("type").text === "Recreate") return 0;
  return surgeOf(strategy.at("rollingUpdate", "maxSurge"), pods);
}

/** Argo Rollouts has a whole second set of pods where it can send a share of the requests to it, or all of them. */
function rolloutSurge(strategy: Field, pods: number): number | undefined {
  const whole = [strategy.at("blueGreen"), strategy.at("canary", "trafficRouting")];
  if (whole.some(({ unknown }) => unknown)) return undefined;
  return whole.some(({ absent }) => !absent) ? pods : surgeOf(strategy.at("canary", "maxSurge"), pods);
}

function surgeOf(stated: Field, pods: number): number | undefined {
  if (stated.unknown) return undefined;
  const text = stated.text ?? "25%";
  return text.endsWith("%") ? Math.ceil((Number.parseInt(text, 10) / 100) * pods) : Number(text);
}

function volumes(quota: KubernetesObject, inventory: Inventory): Share[] {
  const size = (claim: Field) => {
    const stated = claim.at("spec", "resources", "requests", "storage");
    return stated.unknown ? undefined : (amount(stated.text?.trim() ?? "") ?? 0);
  };
  const claims = inventory.sharing(quota, "PersistentVolumeClaim").map((claim) => {
    return { title: titleOf(claim), least: size(claim.root), most: size(claim.root) };
  });
  const sets = inventory.sharing(quota, "StatefulSet").map((set) => {
    const each = sum(set.root.at("spec", "volumeClaimTemplates").items().map(size));
    const { least, most } = replicaCount(set, inventory);
    return { title: titleOf(set), least: product(each, least), most: product(each, most) };
  });
  return [...claims, ...sets];
}

function product(each: number | undefined, count: number | undefined): number | undefined {
  return each === undefined || count === undefined ? undefined : each * count;
}

function shown(key: string, number: number): string {
  return /memory|storage/.test(key) ? `${Math.ceil(number / 2 ** 20)}Mi` : String(Math.round(number * 1000) / 1000);
}
