import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import type { Answer } from "./answer.ts";
import { databasePorts, engineOf, serving } from "./databases.ts";
import { backends, routeKinds } from "./routes.ts";
import { workloadsBehind } from "./services.ts";

const fix = "keep it ClusterIP, and reach it from inside or by `kubectl port-forward`";

export const databaseInside: Rule = {
  id: "database-not-external",
  description: "No database can be reached from outside the cluster.",
  why: "A database that the internet can reach is one password, or one flaw of its server, away from being everybody's.",
  severity: "critical",
  levels: everywhere,
  demands: ["R-20"],
  relation: true,
  check: (subject) => {
    const { kind, root } = subject.object;
    if (kind === "Service") return opened(subject, root.at("spec"));
    if (routeKinds.includes(kind)) return routed(subject);
    if (kind === "Cluster" || kind === "Pooler") return managed(root);
    return onNode(subject.object);
  },
};

/** Whether a Service sends to a database: by its pods, or by its port where its pods are not the stack's. */
function leadsToDatabase(service: KubernetesObject, { inventory }: Subject): Answer {
  const behind = workloadsBehind({ object: service, inventory });
  const found = behind.map(({ object, answer }): Answer => {
    const engine = engineOf(object);
    if (engine === undefined) return "no";
    return engine === "unknown" ? "unknown" : answer;
  });
  if (found.includes("yes")) return "yes";
  if (behind.some(({ answer }) => answer === "yes")) return found.includes("unknown") ? "unknown" : "no";
  const ports = service.root.at("spec", "ports").items();
  const numbers = ports.flatMap((port) => [port.at("port"), port.at("targetPort")]);
  if (numbers.some(({ text }) => databasePorts.has(text ?? ""))) return "yes";
  return found.includes("unknown") || numbers.some(({ unknown }) => unknown) ? "unknown" : "no";
}

/** A Service's own ways out. An annotation that makes a load balancer internal still opens it to the whole network. */
function opened(subject: Subject, spec: Field): Finding[] {
  const [type, addresses] = [spec.at("type"), spec.at("externalIPs")];
  const ways = [
    ...(type.unknown || /^(NodePort|LoadBalancer)$/.test(type.text ?? "") ? [type] : []),
    ...addresses.items().slice(0, 1),
  ];
  if (ways.length === 0) return [];
  const database = leadsToDatabase(subject.object, subject);
  if (database === "no") return [];
  return ways.map((way) => {
    if (way.unknown || database === "unknown") return notDecided(way);
    return finding(way, { problem: "opens a database to the outside", fix, value: way.text });
  });
}

function routed(subject: Subject): Finding[] {
  const { object, inventory } = subject;
  return backends(object).flatMap(({ name, namespace }) => {
    const services = inventory.all(["Service"]).filter((service) => {
      const place = namespace.absent ? object.namespace : namespace.text;
      const near = place === undefined || service.namespace === undefined || place === service.namespace;
      return near && (name.unknown || service.name === undefined || service.name === name.text);
    });
    const found = services.map((service) => ({ service, database: leadsToDatabase(service, subject) }));
    const [first] = found.filter(({ database }) => database !== "no");
    if (!first) return [];
    const certain = found.find(({ service, database }) => database === "yes" && service.name === name.text);
    if (name.unknown || !certain) return [notDecided(name)];
    const problem = `leads from outside to a database, ${titleOf(certain.service)}`;
    return [finding(name, { problem, fix: "take the route away", value: name.text })];
  });
}

/** A database that takes a port of its node is open to whoever reaches the node. */
function onNode(object: KubernetesObject): Finding[] {
  const engine = engineOf(object);
  if (engine === undefined) return [];
  const network = podSpec(object)!.at("hostNetwork");
  const taken = serving(object)
    .flatMap((container) => container.at("ports").items())
    .map((port) => port.at("hostPort"))
    .filter((port) => !port.absent && port.text !== "0");
  return [...taken, ...(network.absent || network.text === "false" ? [] : [network])].map((field) =>
    field.unknown || engine === "unknown"
      ? notDecided(field)
      : finding(field, { problem: "opens a database on the node", fix: "leave it out", value: field.text }),
  );
}

/** The Services that CloudNativePG makes for a Cluster or a Pooler. */
function managed(root: Field): Finding[] {
  if (!(root.at("apiVersion").text ?? "").startsWith("postgresql.cnpg.io/")) return [];
  const additional = root.at("spec", "managed", "services", "additional").items();
  return [root.at("spec"), ...additional]
    .map((place) => place.at("serviceTemplate", "spec", "type"))
    .flatMap((type) => {
      if (type.unknown) return [notDecided(type)];
      const outside = /^(NodePort|LoadBalancer)$/.test(type.text ?? "");
      return outside ? [finding(type, { problem: "opens a database to the outside", fix, value: type.text })] : [];
    });
}
