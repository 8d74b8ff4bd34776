import { finding, notDecided } from "../finding.ts";
import { off } from "../levels.ts";
import { ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { attachedTo, routeKinds } from "./attached.ts";

export const rateLimit = ruleWith(
  {
    id: "rate-limit-required",
    description: "Every route to the outside limits how often one address may ask.",
    why: "Without a limit anybody may try passwords by the thousand, or keep the app from answering others.",
    severity: "medium",
    levels: off,
    demands: ["R-42"],
    relation: true,
  },
  (subject) => {
    const { kind, root, partial } = subject.object;
    if (!routeKinds.includes(kind) || partial) return [];
    const annotations = root.at("metadata", "annotations");
    if (annotations.entries().some(isLimit)) return [];
    const { objects, missing } = attachedTo(subject);
    const answers = objects.map(limits);
    if (answers.includes("each")) return [];
    const open = [annotations, ...annotations.entries()].find(
      (field) => field.unknown && (field.key === "annotations" || rate.test(field.key)),
    );
    if (open) return [notDecided(open)];
    const [unseen] = missing;
    if (unseen) return [notDecided(unseen.field, undefined, unseen.name && `"${unseen.name}"`)];
    const place = kind === "Ingress" ? annotations : root.at("spec", kind === "HTTPRoute" ? "rules" : "routes");
    const problem = answers.includes("all") ? "limit all callers together, not each" : "have no limit for each address";
    return [finding(place, { problem, fix: "add the controller's rate limit by the client's address" })];
  },
);

/** Requests a second or a minute, for each address: so these controllers count. */
const rate = /\/(limit-rps|limit-rpm|rate-limit-requests)$/;
const isLimit = ({ key, text }: Field) => rate.test(key) && Number(text) > 0;

/** Whether a middleware, a plug-in or a policy limits `each` caller, `all` of them together, or nothing. */
function limits({ kind, root }: KubernetesObject): "each" | "all" | "nothing" {
  if (kind === "KongPlugin") {
    if (!/^rate-limiting/.test(root.at("plugin").text ?? "")) return "nothing";
    return /^(ip|)$/.test(root.at("config", "limit_by").text ?? "ip") ? "each" : "all";
  }
  if (kind === "RateLimitPolicy") return "each";
  const stated = root.at("spec", "rateLimit");
  if (stated.absent) return "nothing";
  if (kind === "BackendTrafficPolicy") {
    const leaves = [...stated.leaves()];
    return leaves.some(({ path, text }) => /sourceCIDR\.type$/.test(path) && text === "Distinct") ? "each" : "all";
  }
  const by = stated.at("sourceCriterion");
  const other = ["requestHost", "requestHeaderName"].some((key) => !/^(|false)$/.test(by.at(key).text ?? ""));
  return other || Number(stated.at("average").text ?? 0) <= 0 ? "all" : "each";
}
