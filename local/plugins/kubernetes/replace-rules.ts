import type { PropertyMap, Value } from "../../grpc/values.ts";
import { at, text } from "./model/object.ts";
import { contains, hasAt, type PropertyPath, parsePath } from "./model/property-path.ts";

const selector = ["spec.selector"];

const volumeSources =
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume";

const podFields =
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork hostPID hostname imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates restartPolicy runtimeClassName schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain terminationGracePeriodSeconds volumes";

const containerFields =
  "args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources securityContext stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir";

const within = (prefix: string, fields: string) => fields.split(" ").map((field) => `${prefix}.${field}`);

/** The official provider's own table: which fields of which kind can't be changed in place. */
const rules: Record<string, readonly string[]> = {
  "apps/Deployment": selector,
  "apps/DaemonSet": selector,
  "apps/StatefulSet": [
    ...selector,
    ...within("spec", "podManagementPolicy revisionHistoryLimit serviceName volumeClaimTemplates"),
  ],
  "batch/Job": [...selector, ...within("spec", "completions parallelism template")],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
  "/PersistentVolume": within("spec", volumeSources),
  "/PersistentVolumeClaim": [...selector, ...within("spec", "accessModes storageClassName volumeName")],
  "/Pod": [
    ...within("spec", podFields),
    ...within("spec.containers[*]", containerFields),
    ...within("spec.initContainers[*]", containerFields),
  ],
  "/ResourceQuota": ["spec.scopes"],
  "/Secret": ["type"],
  "/Service": ["spec.clusterIP"],
};

export interface Mutability {
  enableSecretMutable: boolean;
  enableConfigMapMutable: boolean;
}

/** Whether a change at a path needs a new object; a Patch resource belongs to its object only by its name. */
export function replaces(inputs: PropertyMap, patch: boolean, mutable: Mutability): (path: string) => boolean {
  const identity = ["metadata.name", "metadata.namespace"];
  const paths = (patch ? identity : [...identity, "kind", ...rulesFor(inputs, mutable)]).map(parsePath);
  return (path) => {
    const changed = parsePath(path);
    return paths.some((rule) => contains(rule, changed) || adds(inputs, changed, rule));
  };
}

function rulesFor(inputs: PropertyMap, mutable: Mutability): readonly string[] {
  const kind = text(inputs["kind"]);
  const version = text(inputs["apiVersion"]);
  const group = version.includes("/") ? version.split("/")[0] : "";
  const frozen = at(inputs, "immutable") === true;
  const fixed = rules[`${group}/${kind}`] ?? [];
  if (group === "" && kind === "Secret" && (frozen || !mutable.enableSecretMutable)) {
    return [...fixed, "stringData", "data"];
  }
  if (group === "" && kind === "ConfigMap" && (frozen || !mutable.enableConfigMapMutable)) {
    return ["binaryData", "data"];
  }
  return fixed;
}

/** A whole branch came or changed, and the fixed field is inside of what is there now. */
function adds(inputs: Value, changed: PropertyPath, rule: PropertyPath): boolean {
  return rule.length > changed.length && contains(changed, rule) && hasAt(inputs, rule);
}
