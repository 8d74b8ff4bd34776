import type { Checked, CheckFailure, CheckRequest, Diff, DiffRequest } from "../../grpc/provider.ts";
import { hasUnknowns, type PropertyMap, reveal, type Value } from "../../grpc/values.ts";
import { resolveTarget, type Selection, type Target } from "./api/kubeconfig.ts";
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
  };
}

/** Booleans travel as JSON in a string. */
function isTrue(value: Value | undefined): boolean {
  return value === true || value === "true";
}

const unsupported: Record<string, string> = {
  renderYamlToDirectory: "rendering to a directory",
  enableServerSideApply: "client-side apply (enableServerSideApply: false)",
};

export function checkConfig({ news }: CheckRequest): Checked {
  const failures: CheckFailure[] = [];
  const args = reveal(news);
  for (const [property, what] of Object.entries(unsupported)) {
    const value = args[property];
    const asked = property === "enableServerSideApply" ? value === "false" || value === false : Boolean(value);
    if (asked) {
      failures.push({
        property,
        reason: `${what} is not in Palier's stand-in for the kubernetes plugin; install the official one: pulumi plugin install resource kubernetes`,
      });
    }
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
