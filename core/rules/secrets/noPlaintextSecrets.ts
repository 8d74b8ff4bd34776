import { afterAnnotation } from "../../labels.ts";
import { finding, notDecided, settingFinding } from "../finding.ts";
import { everywhere } from "../levels.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import type { Setting } from "../reading/setting.ts";
import { settings } from "../reading/settings.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { nameOfCredential } from "./credentialName.ts";
import { mayBeCredential } from "./credentialValue.ts";
import { isSample, secretInEncoded } from "./secretPattern.ts";

const fix = "put it in a Secret and read it with valueFrom.secretKeyRef, or as a mounted file";
const marked = "puts a Pulumi secret in clear";

export const noPlaintextSecrets: Rule = {
  id: "no-plaintext-secrets",
  description: "No credential in clear in a container's variables and command line, a ConfigMap or an annotation.",
  why: "What is written in clear is read by everybody who may see the code or the object, and stays in the history of both.",
  severity: "critical",
  levels: everywhere,
  demands: ["R-03", "R-24", "R-25", "R-37"],
  rows: ["G01", "G02", "G03"],
  check: (subject) => {
    const { object, inventory } = subject;
    const written = object.kind === "Secret" ? [] : settings(object, inventory);
    const named = written.filter(({ source }) => source !== "reference").flatMap((setting) => judged(setting, subject));
    const fields = new Set(named.map(({ field }) => field.replace(/ \(.*/, "")));
    return [...named, ...anywhere(object, subject).filter(({ field }) => !fields.has(field))];
  },
};

/** Judged by its name first, so that a value that isn't known yet can be refused by its mere presence. */
function judged(setting: Setting, { stage }: Subject): Finding[] {
  const { name, value, source, container } = setting;
  if (value.secret) return [settingFinding(setting, { problem: marked, fix })];
  const kind = name === undefined ? "none" : nameOfCredential(name);
  const { text } = value;
  if (text === undefined) {
    if (kind === "credential")
      return [settingFinding(setting, { problem: "is by its name a credential, passed in clear", fix })];
    return value.unknown ? [notDecided(value, container)] : [];
  }
  const secret = secretInEncoded(text);
  const level = stage === "dev" && (secret?.sample ?? isSample(text)) ? "advisory" : "mandatory";
  if (secret) return [settingFinding(setting, { problem: `holds ${secret.what} in clear`, fix, level })];
  const named = kind === "credential" || (kind === "mention" && source !== "file");
  if (!named || !mayBeCredential(text, kind === "mention")) return [];
  return [settingFinding(setting, { problem: "is by its name a credential, written in clear", fix, level })];
}

/** Known tokens anywhere else: annotations, bare arguments, probe headers, the fields of custom resources. */
function anywhere({ kind, root }: KubernetesObject, { stage }: Subject): Finding[] {
  const annotations = /^metadata\.annotations|\.metadata\.annotations/;
  // Of the object or of its pods: never known at a first preview, and an object's id.
  const awaited = `metadata.annotations["${afterAnnotation}"]`;
  return root.leaves().flatMap((leaf) => {
    if (kind === "Secret" && leaf.secret) return [];
    if (leaf.unknown) return annotations.test(leaf.path) && !leaf.path.endsWith(awaited) ? [notDecided(leaf)] : [];
    if (leaf.secret && /\.(command|args)\[\d+\]$/.test(leaf.path)) return [finding(leaf, { problem: marked, fix })];
    const secret = secretInEncoded(leaf.text ?? "");
    const level = stage === "dev" && secret?.sample ? "advisory" : "mandatory";
    return secret ? [finding(leaf, { problem: `holds ${secret.what} in clear`, fix, level })] : [];
  });
}
