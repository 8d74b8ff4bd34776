import type { Field } from "../../core/rules/reading/field.ts";

/** How a picture calls a peer of a network policy that is no workload of the stack. */
export function peerName(peer: Field): string {
  const range = peer.at("ipBlock", "cidr").text;
  if (range !== undefined) return /^(0\.0\.0\.0\/0|::\/0|2000::\/3)$/.test(range) ? "public addresses" : range;
  const [namespaces, pods] = [peer.at("namespaceSelector"), peer.at("podSelector")];
  const own = namespaces.at("matchLabels", "kubernetes.io/metadata.name").text;
  const place = namespaces.absent ? [] : [own ? `namespace ${own}` : `namespaces ${labels(namespaces)}`];
  return [...place, ...(pods.absent ? [] : [`pods ${labels(pods)}`])].join(", ");
}

function labels(selector: Field): string {
  const wanted = selector
    .at("matchLabels")
    .entries()
    .map(({ key, text }) => `${key}=${text}`);
  const expressions = selector
    .at("matchExpressions")
    .items()
    .map((one) => {
      const values = one.at("values").items();
      return [one.at("key").text, one.at("operator").text, values.map(({ text }) => text).join(" ")].join(" ").trim();
    });
  return [...wanted, ...expressions].join(", ") || "of any kind";
}

/** Ports as a policy states them: `TCP 5432`. */
export function portNames(ports: readonly Field[]): string[] {
  if (ports.length === 0) return ["every port"];
  return ports.map((one) => {
    const [first, last] = [one.at("port").text, one.at("endPort").text];
    const range = first === undefined ? "every port" : last === undefined ? first : `${first}–${last}`;
    return `${one.at("protocol").text ?? "TCP"} ${range}`;
  });
}
