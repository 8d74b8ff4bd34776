import { z } from "zod";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import { titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Subject } from "../rule.ts";
import { namedCertificates } from "./namedCertificates.ts";
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
    return namedCertificates(subject.object)
      .filter(({ secret }) => !matches(secret.text, external))
      .flatMap(({ secret }) => judged(secret, subject));
  },
);

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
