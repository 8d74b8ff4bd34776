/** A cluster, as a kubeconfig names it. */
export interface ClusterArgs {
  /** Context of the kubeconfig. */
  context: string;
  /**
   * Path of the kubeconfig.
   * @default what `kubectl` would take
   */
  kubeconfig?: string;
}
