import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { Unreachable } from "./apiError.ts";

export interface ClusterEntry {
  server?: string;
  "certificate-authority"?: string;
  "certificate-authority-data"?: string;
  "insecure-skip-tls-verify"?: boolean;
  "tls-server-name"?: string;
  "proxy-url"?: string;
}

export interface UserEntry {
  token?: string;
  tokenFile?: string;
  username?: string;
  password?: string;
  "client-certificate"?: string;
  "client-certificate-data"?: string;
  "client-key"?: string;
  "client-key-data"?: string;
  exec?: ExecEntry;
  "auth-provider"?: { name: string };
}

export interface ExecEntry {
  apiVersion: string;
  command: string;
  args?: string[];
  env?: { name: string; value: string }[];
  provideClusterInfo?: boolean;
}

interface ContextEntry {
  cluster: string;
  user?: string;
  namespace?: string;
}

interface Kubeconfig {
  "current-context"?: string;
  clusters?: { name: string; cluster?: ClusterEntry }[];
  users?: { name: string; user?: UserEntry }[];
  contexts?: { name: string; context?: ContextEntry }[];
}

/** One cluster, as one user, with the namespace that is meant where none is said. */
export interface Target {
  context: string;
  clusterName: string;
  cluster: ClusterEntry & { server: string };
  user: UserEntry;
  namespace: string;
}

export interface Selection {
  /** A path or the contents themselves. @default `KUBECONFIG`, then `~/.kube/config` */
  kubeconfig?: string;
  context?: string;
  cluster?: string;
  namespace?: string;
}

export function resolveTarget(selection: Selection, env: NodeJS.ProcessEnv = process.env): Target {
  const { config, from } = load(selection.kubeconfig, env);
  const context = selection.context ?? config["current-context"] ?? "";
  const entry = config.contexts?.find(({ name }) => name === context)?.context;
  if (entry === undefined && (context !== "" || selection.cluster === undefined)) {
    const known = config.contexts?.map(({ name }) => name).join(", ") || "none";
    throw new Unreachable(`${from} has no context ${JSON.stringify(context)}; it has: ${known}`);
  }
  const clusterName = selection.cluster ?? entry!.cluster;
  const cluster = config.clusters?.find(({ name }) => name === clusterName)?.cluster;
  if (!cluster?.server) throw new Unreachable(`${from} has no cluster ${JSON.stringify(clusterName)} with a server`);
  const user = config.users?.find(({ name }) => name === entry?.user)?.user ?? {};
  const namespace = selection.namespace || entry?.namespace || "default";
  return { context, clusterName, cluster: { ...cluster, server: cluster.server }, user, namespace };
}

function load(kubeconfig: string | undefined, env: NodeJS.ProcessEnv): { config: Kubeconfig; from: string } {
  if (kubeconfig && /[\n{]/.test(kubeconfig)) {
    return { config: parseConfig(kubeconfig, "the given kubeconfig"), from: "the given kubeconfig" };
  }
  const given = kubeconfig || env["KUBECONFIG"];
  const paths = (given ? given.split(":") : [join(homedir(), ".kube", "config")]).filter(Boolean).map(expandHome);
  const present = paths.filter((path) => existsSync(path));
  if (present.length === 0) throw new Unreachable(`there is no kubeconfig at ${paths.join(", ")}`);
  const configs = present.map((path) =>
    absolute(parseConfig(readFileSync(path, "utf8"), path), dirname(resolve(path))),
  );
  return { config: merge(configs), from: `kubeconfig ${present.join(", ")}` };
}

function expandHome(path: string): string {
  return path.replace(/^~(?=\/)/, homedir());
}

function parseConfig(contents: string, from: string): Kubeconfig {
  try {
    const config: unknown = parse(contents);
    if (typeof config === "object" && config !== null) return config as Kubeconfig;
  } catch {
    // Not the parser's message: it quotes the line, which may be a key or a token.
  }
  throw new Unreachable(`${from} is no kubeconfig: it can't be read as YAML`);
}

/** Paths in a kubeconfig are relative to its own folder. */
function absolute(config: Kubeconfig, folder: string): Kubeconfig {
  for (const { cluster } of config.clusters ?? []) anchor(cluster, ["certificate-authority"], folder);
  for (const { user } of config.users ?? []) anchor(user, ["client-certificate", "client-key", "tokenFile"], folder);
  return config;
}

function anchor<T extends object>(entry: T | undefined, keys: (keyof T)[], folder: string): void {
  for (const key of keys) {
    const path = entry?.[key];
    if (typeof path === "string" && path !== "") entry![key] = resolve(folder, path) as T[keyof T];
  }
}

/** As kubectl does: the first file that says something wins. */
function merge(configs: Kubeconfig[]): Kubeconfig {
  return {
    "current-context": configs.map((config) => config["current-context"]).find(Boolean),
    clusters: configs.flatMap(({ clusters }) => clusters ?? []),
    users: configs.flatMap(({ users }) => users ?? []),
    contexts: configs.flatMap(({ contexts }) => contexts ?? []),
  };
}
