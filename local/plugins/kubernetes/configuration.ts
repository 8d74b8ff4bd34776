import { resolveTarget, type Selection, type Target } from "../../../core/cluster/kubeconfig.ts";
import type { Arguments, Checked, CheckFailure, CheckRequest, Diff, DiffRequest } from "../../grpc/provider.ts";
import { notHere } from "../../grpc/stand-in.ts";
import { hasUnknowns, type PropertyMap, reveal, type Value } from "../../grpc/values.ts";
import { text } from "./model/object.ts";

/** The provider's arguments, as `kubernetes:*` configuration or `new k8s.Provider` gives them. */
export interface Configuration {
  selection: Selection;
  /** Parts of it come from a resource that this preview has not made. */
  unknown: boolean;
  upsertExistingObjects: boolean;
  enablePatchForce: boolean;
  enableSecretMutable: boolean;
  enableConfigMapMutable: boolean;
  deleteUnreachable: boolean;
  skipUpdateUnreachable: boolean;
  suppressDeprecationWarnings: boolean;
  suppressHelmHookWarnings: boolean;
}

export function readConfiguration(given: PropertyMap, env: NodeJS.ProcessEnv = process.env): Configuration {
  const args = reveal(given);
  const flag = (key: string, variable: string) => isTrue(args[key] ?? env[variable]);
  return {
    selection: {
      kubeconfig: text(args["kubeconfig"]) || undefined,
      context: text(args["context"]) || undefined,
      cluster: text(args["cluster"]) || undefined,
      namespace: text(args["namespace"]) || undefined,
    },
    unknown: hasUnknowns(args),
    upsertExistingObjects: flag("upsertExistingObjects", "PULUMI_K8S_UPSERT_EXISTING_OBJECTS"),
    enablePatchForce: flag("enablePatchForce", "PULUMI_K8S_ENABLE_PATCH_FORCE"),
    enableSecretMutable: flag("enableSecretMutable", "PULUMI_K8S_ENABLE_SECRET_MUTABLE"),
    enableConfigMapMutable: flag("enableConfigMapMutable", "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE"),
    deleteUnreachable: flag("deleteUnreachable", "PULUMI_K8S_DELETE_UNREACHABLE"),
    skipUpdateUnreachable: flag("skipUpdateUnreachable", "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE"),
    suppressDeprecationWarnings: flag("suppressDeprecationWarnings", "PULUMI_K8S_SUPPRESS_DEPRECATION_WARNINGS"),
    suppressHelmHookWarnings: flag("suppressHelmHookWarnings", "PULUMI_K8S_SUPPRESS_HELM_HOOK_WARNINGS"),
  };
}

/** Booleans travel as JSON in a string. */
function isTrue(value: Value | undefined): boolean {
  return value === true || value === "true";
}

/** Every key of the official plugin's configuration. */
export const configuration: Arguments = {
  alwaysRender: "rendering to a directory",
  cluster: true,
  clusterIdentifier: true,
  context: true,
  deleteUnreachable: true,
  enableConfigMapMutable: true,
  enablePatchForce: true,
  enableSecretMutable: true,
  enableServerSideApply: true,
  helmReleaseSettings: "Helm",
  kubeClientSettings: "limits of its own for requests",
  kubeconfig: true,
  namespace: true,
  renderYamlToDirectory: "rendering to a directory",
  skipUpdateUnreachable: true,
  suppressDeprecationWarnings: true,
  suppressHelmHookWarnings: true,
  upsertExistingObjects: true,
};

/** What the official plugin reads from the environment alone. */
const variables: Record<string, string> = {
  PULUMI_K8S_AWAIT_ALL: "waiting for objects of every kind",
  PULUMI_K8S_CLIENT_BURST: "limits of its own for requests",
  PULUMI_K8S_CLIENT_QPS: "limits of its own for requests",
  PULUMI_K8S_CLIENT_TIMEOUT: "limits of its own for requests",
};

export function checkConfig({ news }: CheckRequest, env: NodeJS.ProcessEnv = process.env): Checked {
  const failures: CheckFailure[] = Object.entries(variables)
    .filter(([variable]) => env[variable] !== undefined && env[variable] !== "" && env[variable] !== "false")
    .map(([property, what]) => ({ property, reason: notHere("kubernetes", `${property} (${what})`) }));
  const serverSide = reveal(news)["enableServerSideApply"] ?? env["PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY"];
  if (serverSide === false || serverSide === "false") {
    const reason = notHere("kubernetes", "client-side apply (enableServerSideApply: false)");
    failures.push({ property: "enableServerSideApply", reason });
  }
  return { inputs: news, failures };
}

/** Another cluster means other resources: the provider is replaced, and with it all that it made. */
export function diffConfig({ olds, news }: DiffRequest): Diff {
  const [before, after] = [reveal(olds), reveal(news)];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (changed.length === 0 || hasUnknowns(after)) return { changes: changed.length > 0 };
  const identity = clusterChanged(before, after);
  const detailed = changed.map((key) => [key, identity.includes(key) ? "updateReplace" : "update"] as const);
  return { changes: true, detailed: Object.fromEntries(detailed) };
}

const identifying = ["kubeconfig", "context", "cluster"];

function clusterChanged(before: PropertyMap, after: PropertyMap): string[] {
  const identifiers = [before["clusterIdentifier"], after["clusterIdentifier"]];
  if (identifiers[0] || identifiers[1]) return identifiers[0] === identifiers[1] ? [] : ["clusterIdentifier"];
  const [old, new_] = [targetOf(before), targetOf(after)];
  if (old === undefined || new_ === undefined) return [];
  return old.context === new_.context && old.clusterName === new_.clusterName ? [] : identifying;
}

function targetOf(args: PropertyMap): Target | undefined {
  try {
    return resolveTarget(readConfiguration(args).selection);
  } catch {
    return undefined;
  }
}
