import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import { type KubernetesObject, titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Subject } from "../rule.ts";
import { madeSecrets } from "./secretMakers.ts";

/** By these cert-manager makes the Secret itself. */
const issued = [
  "cert-manager.io/cluster-issuer",
  "cert-manager.io/issuer",
  "kubernetes.io/tls-acme",
  "acme.cert-manager.io/http01-ingress-class",
];

export const certificateExists = ruleWith(
  {
    id: "tls-secret-exists",
    description: "The certificate that an Ingress or a Gateway names is made by the stack, or ordered by annotation.",
    why: "Without it the controller answers with a certificate of its own, which no browser takes.",
    severity: "high",
    levels: advisedFromStagingOn,
    demands: ["R-18", "R-33", "R-41"],
    frameworks: ["NSA"],
    relation: true,
    parameters: z.strictObject({
      external: patterns.default([]).describe("names of Secrets that are made elsewhere"),
    }),
  },
  (subject, { external }) => {
    const annotations = subject.object.root.at("metadata", "annotations");
    if (issued.some((annotation) => !annotations.at(annotation).absent)) return [];
    return certificates(subject.object)
      .filter(({ absent, text }) => !absent && !matches(text, external))
      .flatMap((name) => judged(name, subject));
  },
);

function certificates({ kind, root }: KubernetesObject): Field[] {
  const spec = root.at("spec");
  if (kind === "IngressRoute") return [spec.at("tls", "secretName")];
  const list = kind === "Ingress" ? spec.at("tls").items() : [];
  const listeners = kind === "Gateway" ? spec.at("listeners").items() : [];
  const references = listeners.flatMap((listener) => listener.at("tls", "certificateRefs").items());
  const near = references.filter((one) => one.at("namespace").absent && (one.at("kind").text ?? "Secret") === "Secret");
  return [...list.map((tls) => tls.at("secretName")), ...near.map((one) => one.at("name"))];
}

function judged(name: Field, { object, inventory }: Subject): Finding[] {
  const made = madeSecrets(object, inventory);
  if (!name.unknown && made.some(({ text }) => text === name.text)) return [];
  const found = inventory.has(object, "Secret", name);
  if (found === "unknown" || (found === "no" && made.some(({ unknown }) => unknown))) return [notDecided(name)];
  const fix = "make it with a Certificate, or have it ordered by the annotation cert-manager.io/cluster-issuer";
  if (found === "no") return [finding(name, { problem: "is no certificate of the stack", fix, value: name.text })];
  const secret = inventory.sharing(object, "Secret").find((one) => one.name === name.text)!;
  const [data, text] = [secret.root.at("data"), secret.root.at("stringData")];
  const missing = ["tls.crt", "tls.key"].filter((key) => [data, text].every((map) => map.at(key).absent));
  if (missing.length === 0 || secret.partial) return [];
  const problem = `is ${titleOf(secret)}, which has no ${missing.join(" and no ")}`;
  return [finding(name, { problem, fix: "name the Secret of the certificate", value: name.text })];
}
