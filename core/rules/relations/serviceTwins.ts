import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import { perObject } from "../reading/perObject.ts";
import type { Rule } from "../rule.ts";

export const selectorsUnique: Rule = {
  id: "service-selector-is-its-own",
  description: "No two Services select the same pods, but for a headless one beside another.",
  why: "Two Services with one selector are one by mistake: a change meant for one of them reaches the pods of both.",
  severity: "low",
  levels: advisedFromStagingOn,
  rows: ["F14"],
  relation: true,
  check: ({ object, inventory }) => {
    const selector = object.root.at("spec", "selector");
    if (object.kind !== "Service" || object.partial || selector.absent) return [];
    const services = inventory.sharing(object, "Service");
    const before = services.slice(
      0,
      services.findIndex(({ root }) => root === object.root),
    );
    const others = before.filter((one) => headless(one) === headless(object));
    const stated = others.filter((one) => !one.root.at("spec", "selector").absent);
    const twin = stated.find((one) => labels(one) === labels(object));
    const known = labels(object) !== undefined;
    if (twin && known) {
      const problem = `is the one of ${titleOf(twin)} too`;
      return [finding(selector, { problem, fix: "tell the pods apart by a label, or write one Service" })];
    }
    const open = stated.some((one) => labels(one) === undefined);
    return open || (!known && stated.length > 0) ? [notDecided(selector)] : [];
  },
};

function headless({ root }: KubernetesObject): boolean {
  return root.at("spec", "clusterIP").text === "None";
}

/** All labels in one order; undefined while one is not known. */
const labels = perObject(({ root }): string | undefined => {
  const stated = root.at("spec", "selector").entries();
  if (stated.some(({ unknown }) => unknown)) return undefined;
  return stated
    .map(({ key, text }) => `${key}=${text}`)
    .sort()
    .join();
});
