/** What all pods of an environment may ask for together. A container that asks for nothing then gets the usual. */
export interface QuotaArgs {
  /**
   * CPU requests, a Kubernetes quantity of 1m–1000.
   * @default no bound
   */
  cpu?: string;
  /**
   * Memory requests, and as much of limits, a Kubernetes quantity of 1Mi–1024Ti.
   * @default no bound
   */
  memory?: string;
  /**
   * Volumes, a Kubernetes quantity of 1Mi–1024Ti.
   * @default no bound
   */
  storage?: string;
  /**
   * Pods, 1–100000.
   * @default no bound
   */
  pods?: number;
}

/** What one container gets, and may ask for. */
export interface ContainersArgs {
  /**
   * CPU request of one that states none, a Kubernetes quantity of 1m–1000.
   * @default 50m
   */
  cpu?: string;
  /**
   * Memory request and limit of one that states none, a Kubernetes quantity of 1Mi–1024Ti.
   * @default 128Mi
   */
  memory?: string;
  /**
   * Most memory of one, a Kubernetes quantity of 1Mi–1024Ti and `memory` at least.
   * @default no bound
   */
  mostMemory?: string;
}
