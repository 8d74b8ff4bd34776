import type { Field } from "./field.ts";

/** What rules judge: one Kubernetes object as it is about to be sent to the API server. */
export interface KubernetesObject {
  /** `Deployment`: from the resource's type, so that a `kind` in its inputs can't pretend otherwise. */
  readonly kind: string;
  /** A `…Patch` resource: it states some fields of an object that exists, so missing ones mean nothing. */
  readonly partial: boolean;
  readonly root: Field;
  /** Undefined while it is not known. */
  readonly name: string | undefined;
  /** Undefined while it is not known. */
  readonly namespace: string | undefined;
}

/** The object of that kind with those fields; a list kind is unfolded into its items. */
export function kubernetesObjects(typeKind: string, root: Field): KubernetesObject[] {
  const kind = typeKind.replace(/(?<=.)Patch$/, "");
  if (/List$/.test(kind) && !root.at("items").absent) {
    return root
      .at("items")
      .items()
      .flatMap((item) => kubernetesObjects(itemKind(kind, item), kind === "List" ? item : versioned(item, root)));
  }
  const metadata = root.at("metadata");
  return [
    {
      kind,
      partial: kind !== typeKind,
      root: kind === "Secret" ? root.withSecret("data", "stringData") : root,
      name: metadata.unknown ? undefined : metadata.at("name").title,
      namespace: nameOr(metadata.at("namespace"), "default"),
    },
  ];
}

/** An item of a typed list, such as a `CronJobList`, is of the list's version. */
function versioned(item: Field, list: Field): Field {
  const version = list.at("apiVersion");
  if (item.unknown || version.absent || !item.at("apiVersion").absent) return item;
  return item.reading({ apiVersion: version.raw, ...(item.raw as object) });
}

function itemKind(listKind: string, item: Field): string {
  return item.at("kind").title ?? (listKind.replace(/List$/, "") || "object");
}

function nameOr(field: Field, fallback: string): string | undefined {
  return field.absent ? fallback : field.text;
}

/** Kinds that have no namespace. */
const clusterWide =
  /^(Namespace|Node|PersistentVolume|StorageClass|IngressClass|GatewayClass|PriorityClass|RuntimeClass|CSIDriver|APIService|CustomResourceDefinition|Cluster\w+|\w*WebhookConfiguration|ValidatingAdmissionPolicy\w*)$/;

export function isClusterWide(kind: string): boolean {
  return clusterWide.test(kind);
}

/** `Deployment "api"`, as messages call it. */
export function titleOf(object: KubernetesObject): string {
  return object.name === undefined ? object.kind : `${object.kind} "${object.name}"`;
}
