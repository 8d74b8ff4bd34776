import { finding, notDecided } from "../finding.ts";
import { notInDev } from "../levels.ts";
import { ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import type { Finding, Subject } from "../rule.ts";
import { redirects } from "./onlyRedirects.ts";

export const gatewayTls = ruleWith(
  {
    id: "gateway-tls",
    description: "A Gateway serves by HTTPS; on a listener for plain HTTP routes do nothing but redirect.",
    why: "A route that names no listener is served by all of them, the plain one included.",
    severity: "high",
    levels: notInDev,
    demands: ["R-18", "R-33", "R-41"],
  },
  (subject) => {
    const { kind, partial, root } = subject.object;
    if (kind === "Gateway") return partial ? [] : ofGateway(root);
    return kind === "HTTPRoute" ? ofRoute(subject) : [];
  },
);

const isSecure = (listener: Field) => /^(HTTPS|TLS)$/.test(listener.at("protocol").text ?? "");
const isPlain = (listener: Field) => listener.at("protocol").text === "HTTP";

function ofGateway(root: Field): Finding[] {
  const listeners = root.at("spec", "listeners").items();
  const open = listeners.map((one) => one.at("protocol")).find(({ unknown }) => unknown);
  const bare = listeners.filter((one) => isSecure(one) && one.at("tls").absent);
  const fix = "write tls with the certificate's Secret";
  const certificates = bare.map((one) => finding(one.at("tls"), { problem: "is not set: it has no certificate", fix }));
  if (listeners.some(isSecure) || open) return [...certificates, ...(open ? [notDecided(open)] : [])];
  return listeners.filter(isPlain).map((one) => {
    const words = { problem: "is plain, and no listener has TLS", fix: "write one with protocol HTTPS and its tls" };
    return finding(one.at("protocol"), { ...words, value: "HTTP" });
  });
}

/** Everything that a route does but redirect to HTTPS, on a listener that is plain. */
function ofRoute(subject: Subject): Finding[] {
  const { root } = subject.object;
  const serving = root
    .at("spec", "rules")
    .items()
    .filter((rule) => !redirects(rule));
  if (serving.length === 0) return [];
  const parents = root.at("spec", "parentRefs");
  return parents.items().flatMap((parent) => {
    const answer = parent.unknown ? "unknown" : listenersOf(parent, subject);
    if (answer === "secure" || answer === "another") return [];
    const name = parent.at("name").title;
    if (answer === "unknown") return [notDecided(parent, undefined, name && `Gateway "${name}"`)];
    const fix = "name the HTTPS listener in sectionName, and redirect to HTTPS on the plain one";
    return [finding(parent, { problem: "leads to a listener for plain HTTP, which then serves the route", fix })];
  });
}

/** What the listeners are that a parent reference means; those of a Gateway made elsewhere only by their name. */
function listenersOf(parent: Field, { object, inventory }: Subject): "plain" | "secure" | "unknown" | "another" {
  if (!parent.at("kind").absent && parent.at("kind").text !== "Gateway") return "another";
  const [section, port, space] = [parent.at("sectionName"), parent.at("port"), parent.at("namespace")];
  if ([section, port, parent.at("name")].some(({ unknown }) => unknown)) return "unknown";
  const namespace = space.absent ? object.namespace : space.text;
  const gateway = inventory
    .sharing({ ...object, namespace }, "Gateway")
    .find((one) => one.name === parent.at("name").text);
  if (!gateway) {
    if (port.text === "80" || /^(http|web|plain|insecure)(-|$)/.test(section.text ?? "")) return "plain";
    return section.absent && port.absent ? "unknown" : "secure";
  }
  const meant = gateway.root
    .at("spec", "listeners")
    .items()
    .filter((one) => section.absent || one.at("name").text === section.text)
    .filter((one) => port.absent || one.at("port").text === port.text);
  if (meant.some(isPlain)) return "plain";
  return meant.some((one) => one.at("protocol").unknown) ? "unknown" : "secure";
}
