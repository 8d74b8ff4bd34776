import { deepEqual, equal, ok } from "node:assert/strict";
import { resolve } from "node:path";
import type { Rule } from "../../core/rules/rule.ts";
import { type Example, judged, type Manifest } from "../../policies/offline/example.ts";
import { keysIn, valueAt } from "../../policies/offline/fieldPath.ts";
import { rules } from "../../policies/themes.ts";
import { isWhole } from "../proof.ts";
import { cases } from "../rules/cases.ts";
import { exampleOf } from "../rules/table.ts";
import { describeOnNode } from "./machine.ts";
import { TrialProject } from "./trial-project.ts";

const namespace = "prevention";
const apis: Record<string, string> = {
  CronJob: "batch/v1",
  Job: "batch/v1",
  Deployment: "apps/v1",
  StatefulSet: "apps/v1",
  DaemonSet: "apps/v1",
  Ingress: "networking.k8s.io/v1",
  NetworkPolicy: "networking.k8s.io/v1",
  HorizontalPodAutoscaler: "autoscaling/v2",
  PodDisruptionBudget: "policy/v1",
  Role: "rbac.authorization.k8s.io/v1",
  ClusterRole: "rbac.authorization.k8s.io/v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
  ClusterRoleBinding: "rbac.authorization.k8s.io/v1",
  ConfigMap: "v1",
  Namespace: "v1",
  PersistentVolumeClaim: "v1",
  Pod: "v1",
  Secret: "v1",
  Service: "v1",
  ServiceAccount: "v1",
};

interface Trial {
  readonly rule: Rule;
  readonly name: string;
  readonly manifest: Manifest;
  /** What of it is not known before `up`. */
  readonly late: readonly (string | number)[];
  readonly set: object;
}

const preventive = new Set(rules.filter(({ relation }) => !relation).map(({ id }) => id));

/** Of each rule about one object the first case that it refuses, as far as the API has such objects. */
const trials: Trial[] = cases.flatMap(({ rule, refuses }, index) => {
  if (!preventive.has(rule.id)) return [];
  const examples = Object.values(refuses).map(exampleOf);
  const example = examples.find(
    ({ manifests, around }) => !around && manifests.length === 1 && manifests[0].kind in apis,
  );
  return example ? [trialOf(rule, example, `case-${index}`)] : [];
});

function trialOf(rule: Rule, example: Example, name: string): Trial {
  const [{ kind, metadata, ...fields }] = example.manifests;
  const [found] = judged(rule, example);
  const isPlaced = kind === "Namespace" || kind.startsWith("Cluster") || found!.field === "metadata.namespace";
  const renamed = { ...(metadata as object), name, ...(isPlaced ? {} : { namespace }) };
  const manifest = { kind, apiVersion: apis[kind], ...fields, metadata: renamed };
  const keys = keysIn(found!.field);
  // What is missing is not known with what it is missing in.
  while (keys.length > 1 && valueAt(manifest, keys) === undefined) keys.pop();
  // Pulumi itself always knows these.
  const own = keys[0] === "apiVersion" || (keys[0] === "metadata" && (keys.length === 1 || keys[1] === "name"));
  return { rule, name, manifest, late: own ? ["metadata", "annotations"] : keys, set: example.set ?? {} };
}

/** Each takes an update of its own, as the engine ends with the first refusal: all of them are a proof. */
const whole = isWhole("prevention");
const every = 60;
const sample = trials.filter((_, index) => index % every === 0);

const program = `
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
const late = new random.RandomId("late", { byteLength: 4 }).hex;
const changed = (value, [key, ...rest]) => {
  if (key === undefined) return late.apply(() => value);
  const below = changed(value?.[key], rest);
  return Array.isArray(value) ? Object.assign([...value], { [key]: below }) : { ...value, [key]: below };
};
const only = process.env.TRIAL;
for (const { name, manifest, late: keys } of JSON.parse(readFileSync("trials.json", "utf8"))) {
  if (only && only !== name) continue;
  const api = manifest.apiVersion === "v1" ? "core/v1" : manifest.apiVersion;
  new pulumi.CustomResource("kubernetes:" + api + ":" + manifest.kind, name, changed(manifest, keys));
}
`;

interface Event {
  diagnosticEvent?: { urn?: string; message: string; severity: string };
  policyEvent?: { resourceUrn: string; message: string; policyName: string; enforcementLevel: string };
}

describeOnNode("a value that is bad, and not known before up", function (machine) {
  this.timeout("2m");
  const trial = new TrialProject(machine, "prevention");
  const withPack = [
    "--policy-pack",
    resolve(import.meta.dirname, "../../policies"),
    "--policy-pack-config",
    "pack.json",
  ];

  before(async () => {
    process.env["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"] = "true";
    trial.write("index.ts", program);
    trial.write("trials.json", JSON.stringify(trials));
    const rules = Object.fromEntries(trials.map(({ rule, set }) => [rule.id, { levels: "mandatory", ...set }]));
    trial.write("pack.json", JSON.stringify({ rules: { profile: "baseline", named: 1000, ...rules } }));
    equal((await trial.run("stack", "init", "production")).code, 0);
  });
  after(() => {
    delete process.env["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"];
    delete process.env["TRIAL"];
    trial.remove();
  });

  async function findings(...args: string[]) {
    const { output } = await trial.run(...args, "--json", ...withPack);
    const events = output.split("\n").filter((line) => line.startsWith("{"));
    const told = events.flatMap((line) => (JSON.parse(line) as Event).policyEvent ?? []);
    const errors = events.flatMap((line) => {
      const { diagnosticEvent: one } = JSON.parse(line) as Event;
      return one?.severity === "error" ? [`${one.urn?.split("::")[3]}: ${one.message.slice(0, 300)}`] : [];
    });
    return { output: errors.join("\n"), told: told.map((one) => ({ ...one, name: one.resourceUrn.split("::")[3] })) };
  }

  it("is said to be open at preview, or refused there already, whatever the rule", async () => {
    const { told, output } = await findings("preview");
    const silent = trials.filter(
      ({ rule, name }) =>
        !told.some(
          (one) =>
            one.name === name &&
            (one.policyName === rule.id || (one.policyName === "decided-at-up" && one.message.includes(rule.id))),
        ),
    );
    deepEqual(
      silent.map(({ rule }) => rule.id),
      [],
      output,
    );
  });

  for (const { rule, name } of whole ? trials : sample) {
    it(`is refused at up before the object is made, by ${rule.id}`, async () => {
      process.env["TRIAL"] = name;
      const { told, output } = await findings("up", "--yes", "--skip-preview");
      ok(
        told.some((one) => one.name === name && one.policyName === rule.id && one.enforcementLevel === "mandatory"),
        output,
      );
      const stored = JSON.parse((await trial.run("stack", "export")).output).deployment.resources as { type: string }[];
      deepEqual(
        stored.map(({ type }) => type).filter((type) => type.startsWith("kubernetes:")),
        [],
      );
    });
  }
});
