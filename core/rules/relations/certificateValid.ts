import { z } from "zod";
import { certificateProblem, daysLeft } from "../../certificateProblem.ts";
import { finding, notDecided } from "../finding.ts";
import { fromStagingOn } from "../levels.ts";
import { ruleWith } from "../parameters.ts";
import type { Field } from "../reading/field.ts";
import { titleOf } from "../reading/kubernetesObject.ts";
import type { Finding, Subject } from "../rule.ts";
import { type NamedCertificate, namedCertificates } from "./namedCertificates.ts";

export const certificateValid = ruleWith(
  {
    id: "tls-certificate-valid",
    description:
      "The certificate of the stack that an Ingress or a Gateway names has not ended, is for its hosts, and belongs to its key.",
    why: "No browser takes another, and whoever is told to click it away learns to.",
    severity: "high",
    levels: fromStagingOn,
    demands: ["R-18", "R-33", "R-41"],
    relation: true,
    parameters: z.strictObject({
      leastDays: z.int().min(0).default(14).describe("advises where it ends in fewer days"),
    }),
  },
  (subject, { leastDays }) => namedCertificates(subject.object).flatMap((one) => judged(one, subject, leastDays)),
);

function judged({ secret, hosts }: NamedCertificate, subject: Subject, leastDays: number): Finding[] {
  const { object, inventory, now = new Date() } = subject;
  if (secret.unknown) return [notDecided(secret)];
  const made = inventory.sharing(object, "Secret").find((one) => one.name !== undefined && one.name === secret.text);
  if (!made) return [];
  const [certificate, key] = [held(made.root, "tls.crt"), held(made.root, "tls.key")];
  if (certificate.absent) return []; // what tls-secret-exists is for
  if (certificate.text === undefined || hosts.some(({ unknown }) => unknown)) return [notDecided(secret)];
  const names = hosts.flatMap(({ text }) => text ?? []);
  const given = { certificate: certificate.text, ...(key.text !== undefined && { key: key.text }) };
  const told = { fix: "put a valid one into the Secret, or have one ordered", value: secret.text };
  const problem = certificateProblem(given, names, now);
  if (problem) return [finding(secret, { ...told, problem: `is ${titleOf(made)}, whose certificate ${problem}` })];
  const left = daysLeft(certificate.text, now)!;
  if (left >= leastDays) return [];
  const soon = `is ${titleOf(made)}, whose certificate ends in ${left} days`;
  return [finding(secret, { ...told, problem: soon, level: "advisory" })];
}

/** As written in `stringData`, or decoded from `data`. */
function held(secret: Field, key: string): Field {
  const [written, data] = [secret.at("stringData", key), secret.at("data", key)];
  if (!written.absent || data.text === undefined) return written.absent ? data : written;
  return data.reading(Buffer.from(data.text, "base64").toString("utf8"));
}
