import { finding } from "../finding.ts";
import { judge } from "../judge.ts";
import { fromStagingOn, off } from "../levels.ts";
import { objectRule } from "../objectRule.ts";
import type { Rule } from "../rule.ts";

function noType(type: string, about: Pick<Rule, "id" | "description" | "why" | "demands" | "rows">): Rule {
  return objectRule({ ...about, severity: "medium", levels: off }, ["Service"], (root) =>
    judge(root.at("spec", "type"), (field) =>
      field.text === type
        ? [finding(field, { problem: "opens it to the outside", fix: "use ClusterIP and a route", value: type })]
        : [],
    ),
  );
}

export const noNodePort = noType("NodePort", {
  id: "no-node-port",
  description: "No Service opens a port on every node.",
  why: "It is open on the address of each node, past the Ingress with its TLS, its limits and its log.",
  demands: ["R-20"],
  rows: ["F10"],
});

export const noLoadBalancer = noType("LoadBalancer", {
  id: "no-load-balancer",
  description: "No Service is a load balancer of its own.",
  why: "It has a public address of its own, past the Ingress with its TLS, its limits and its log.",
  demands: ["R-20"],
  rows: ["F11"],
});

export const noExternalIps = objectRule(
  {
    id: "no-external-ips",
    description:
      "No Service takes an outside address or leads back to the node: both catch others' traffic (CVE-2020-8554).",
    why: "A Service with the address of another's API or database is sent their requests, passwords included.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-20"],
    rows: ["F12"],
  },
  ["Service"],
  (root) => {
    const outside = root.at("spec", "externalIPs");
    const name = root.at("spec", "externalName");
    return [
      ...outside
        .items()
        .slice(0, 1)
        .map((field) => finding(field, { problem: "catches others' traffic", fix: "leave it out", value: field.text })),
      ...judge(name, () =>
        /^(localhost|127\.)/.test(name.text ?? "")
          ? [finding(name, { problem: "leads back to the caller", fix: "name another host", value: name.text })]
          : [],
      ),
    ];
  },
);
