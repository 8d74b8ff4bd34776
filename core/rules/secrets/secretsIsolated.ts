import { environmentLabel } from "../../labels.ts";
import { stageOf } from "../../stage.ts";
import { finding, notDecided } from "../finding.ts";
import { everywhere } from "../levels.ts";
import { podSpec } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import { data } from "../reading/settings.ts";
import type { Finding, Rule, Subject } from "../rule.ts";
import { environmentInName, environmentsInAddresses } from "./environmentName.ts";

export const secretsIsolated: Rule = {
  id: "secrets-isolated",
  description:
    "An environment has its own secrets: none of another's, no reference into another, no live key outside production.",
  why: "A test charges real cards or writes to the production database, and one key that leaks from dev opens production.",
  severity: "critical",
  levels: everywhere,
  demands: ["R-07", "R-14", "R-17", "R-38", "R-51", "R-60"],
  rows: ["G14"],
  check: (subject) => [
    ...labelled(subject),
    ...placed(subject),
    ...subject.object.root.leaves().flatMap((leaf) => referred(leaf, subject)),
    ...values(subject).flatMap((value) => [...keysOfMode(value, subject), ...addresses(value, subject)]),
  ],
};

/** `palier.dev/environment` always, and on a Secret the other usual labels too where they name an environment. */
function labelled({ object, ...subject }: Subject): Finding[] {
  const usual = object.kind === "Secret" ? ["environment", "env", "app.kubernetes.io/environment"] : [];
  const template = podSpec(object);
  const metadata = [object.root.at("metadata"), ...(template ? [podTemplateMetadata(object.root)] : [])];
  return metadata.flatMap((place) =>
    [environmentLabel, ...usual].flatMap((label) => {
      const field = place.at("labels", label);
      if (field.absent) return [];
      if (field.unknown) return [notDecided(field)];
      const text = field.text ?? "";
      const named = /^pr-/.test(text) ? text : (stageOf(text) ?? (text === "review" ? "review" : undefined));
      const wrong =
        named === undefined ? label === environmentLabel : named !== subject.stage && named !== subject.review;
      const fix = `set it to "${subject.stage}", or keep the object out of this stack`;
      return wrong ? [finding(field, { problem: "is the label of another environment", fix, value: text })] : [];
    }),
  );
}

function podTemplateMetadata(root: Field): Field {
  const template = root.at("spec", "template");
  return (template.absent ? root.at("spec", "jobTemplate", "spec", "template") : template).at("metadata");
}

function placed(subject: Subject): Finding[] {
  const metadata = subject.object.root.at("metadata");
  const field = subject.object.kind === "Namespace" ? metadata.at("name") : metadata.at("namespace");
  if (field.unknown) return [notDecided(field)];
  return foreign(field, subject, "is the namespace of another environment");
}

const nameOfSecret =
  /(secretName|(secret|secretKey|secretRef|nodePublishSecret|configMap)(Ref)?\.name|imagePullSecrets\[\d+\]\.name|remoteRef\.key|extract\.key)$/i;

/** A Secret or ConfigMap that by its name belongs to another environment. */
function referred(leaf: Field, subject: Subject): Finding[] {
  if (leaf.secret || !nameOfSecret.test(leaf.path)) return [];
  if (leaf.unknown) return [notDecided(leaf)];
  return foreign(leaf, subject, "belongs by its name to another environment");
}

function foreign(field: Field, subject: Subject, problem: string): Finding[] {
  const text = field.text ?? "";
  const environment = environmentInName(text);
  if (environment === undefined || isOwn(environment, subject)) return [];
  return [finding(field, { problem, fix: `use the one of ${subject.review ?? subject.stage}`, value: text })];
}

function isOwn(environment: string, { stage, review }: Subject): boolean {
  return (
    environment === stage ||
    environment === review ||
    (stage === "review" && review === undefined && /^pr-/.test(environment))
  );
}

/** Every text an object carries, with what stands in base64 decoded. */
function values({ object }: Subject): Field[] {
  const holdsData = object.kind === "Secret" || object.kind === "ConfigMap";
  const written = object.root.leaves().filter((leaf) => !/(^|\.)(labels|annotations)\b/.test(leaf.path));
  const others = holdsData ? written.filter((leaf) => !/^(data|binaryData|stringData)\b/.test(leaf.path)) : written;
  return holdsData ? [...data(object), ...others] : others;
}

/** Keys of payment providers say themselves whether they move real money. */
function keysOfMode(value: Field, { stage }: Subject): Finding[] {
  if (value.unknown) return /^metadata\b|\.image$|\.replicas$/.test(value.path) ? [] : [notDecided(value)];
  const mode = /\b(?:sk|rk|pk|rzp)_(live|test)_[0-9A-Za-z]{3,}/.exec(value.text ?? "")?.[1];
  const right = stage === "production" ? "live" : "test";
  if (mode === undefined || mode === right) return [];
  const problem =
    mode === "live" ? `holds a live key (…_live_…) outside production` : `holds a test key (…_test_…) in production`;
  return [finding(value, { problem, fix: `use the key that the provider gives out for ${right} mode` })];
}

function addresses(value: Field, subject: Subject): Finding[] {
  return environmentsInAddresses(value.text ?? "")
    .filter(({ environment }) => !isOwn(environment, subject))
    .map(({ address, environment }) => {
      const problem = `leads to a service of ${environment}`;
      return finding(value, { problem, fix: `use the service of ${subject.review ?? subject.stage}`, value: address });
    });
}
