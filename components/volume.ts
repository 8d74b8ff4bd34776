/** A volume of a store. */
export interface Volume {
  /** Name of its PersistentVolumeClaim, in the namespace of the environment. */
  claim: string;
  /** What is asked for, as a Kubernetes quantity: `20Gi`. */
  size: string;
}

/** The volume of a store's one pod, as its StatefulSet names it. */
export function volumeOf(store: string, size: string): Volume {
  return { claim: `data-${store}-0`, size };
}
