/** Label of the namespace of an environment that ends: `kubectl get namespaces --selector palier.dev/ttl-hours`. */
export const ttlLabel = "palier.dev/ttl-hours";

/** Annotation of the namespace of a review that `palier review up` made: when it ends. */
export const expiresAnnotation = "palier.dev/expires";

/** The instant at which so many hours are over. It is counted from what the cluster has on record, so no update moves it. */
export function expiry(created: string | undefined, hours: number): string {
  if (created === undefined) return `${hours} hours after it is made`;
  return new Date(Date.parse(created) + hours * 3_600_000).toISOString();
}
