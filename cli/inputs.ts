import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { Field } from "../core/rules/reading/field.ts";
import { type KubernetesObject, kubernetesObjects } from "../core/rules/reading/kubernetesObject.ts";
import type { Judged } from "../policies/offline/check.ts";
import { readManifests, type Stated, UnreadableManifest } from "../policies/offline/manifests.ts";
import { readState } from "../policies/offline/state.ts";
import { contentOf, jsonOf } from "./content.ts";
import { UsageError } from "./usage.ts";

/** An object to judge, and where it came from. */
export interface Item {
  readonly object: KubernetesObject;
  readonly urn?: string;
  readonly options?: Judged["options"];
  readonly file?: string;
  readonly lineOf?: Stated["lineOf"];
}

interface Wish {
  files: string[];
  state?: string;
  namespace?: string;
  context?: string;
}

const kinds =
  "deployments,statefulsets,daemonsets,cronjobs,jobs,pods,services,ingresses,networkpolicies,configmaps,secrets,serviceaccounts,roles,rolebindings,poddisruptionbudgets,persistentvolumeclaims";

/** Reads what was asked for; the stack's name where it was a state. */
export async function readInputs(wish: Wish): Promise<{ items: Item[]; stack?: string }> {
  const sources = [wish.state, wish.namespace, wish.files[0]].filter((source) => source !== undefined);
  if (sources.length > 1) throw new UsageError("give files, or --state, or --namespace, and only one of them.");
  if (wish.state) return stateOf(wish.state);
  if (wish.namespace) return { items: await liveObjects(wish.namespace, wish.context) };
  const files = wish.files.length > 0 ? (await Promise.all(wish.files.map(unfolded))).flat() : ["-"];
  return { items: (await Promise.all(files.map(manifestsIn))).flat() };
}

export async function readConfiguration(file: string): Promise<object> {
  const known = z.strictObject({ rules: z.record(z.string(), z.unknown()).default({}) });
  const read = known.safeParse(jsonOf(await contentOf(file), file));
  if (read.success) return read.data.rules;
  throw new UsageError(`${file}: ${z.prettifyError(read.error)}. Allowed: {"rules": {…}}.`);
}

async function stateOf(file: string): Promise<{ items: Item[]; stack: string }> {
  try {
    const { stack, objects } = readState(await contentOf(file));
    return { items: objects, stack };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} is not what pulumi stack export prints.`);
  }
}

async function liveObjects(namespace: string, context: string | undefined): Promise<Item[]> {
  if (!context) throw new UsageError("--namespace needs --context: nothing is read from a cluster that is not named.");
  const args = ["--context", context, "--namespace", namespace, "get", kinds, "--output", "json"];
  const run = promisify(execFile)("kubectl", args, { maxBuffer: 256 << 20 });
  const { stdout } = await run.catch((error: { stderr?: string; message: string }) => {
    throw new UsageError(`kubectl: ${(error.stderr || error.message).trim().split("\n")[0]}`);
  });
  return new Field(JSON.parse(stdout))
    .at("items")
    .items()
    .flatMap((item) => kubernetesObjects(item.at("kind").text ?? "", new Field(item.raw)))
    .filter((object) => !isOwned(object) && !isOfCluster(object))
    .map((object) => ({ object }));
}

/** A pod of a workload is judged as that workload. */
const isOwned = ({ root }: KubernetesObject) => !root.at("metadata", "ownerReferences").absent;

/** What the cluster itself puts into each namespace. */
const isOfCluster = ({ kind, name }: KubernetesObject) =>
  (kind === "ServiceAccount" && name === "default") || (kind === "ConfigMap" && name === "kube-root-ca.crt");

async function manifestsIn(file: string): Promise<Item[]> {
  const content = await contentOf(file);
  try {
    return readManifests(content).map((stated) => ({ ...stated, file: file === "-" ? "standard input" : file }));
  } catch (error) {
    if (error instanceof UnreadableManifest) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

async function unfolded(path: string): Promise<string[]> {
  const found = path === "-" ? undefined : await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .sort()
    .map((name) => join(path, name));
}
