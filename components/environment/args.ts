import type * as pulumi from "@pulumi/pulumi";

/** Where the components of a system run. An `Environment` is one; other languages may pass the same fields. */
export interface EnvironmentRef {
  /** The system: `avnir`. */
  system: string;
  /** What the environment means: `dev`, `review`, `staging` or `production`. */
  stage: string;
  /** Namespace that holds everything of this environment. */
  namespace: pulumi.Input<string>;
}

export interface EnvironmentArgs {
  /**
   * What the environment means: `dev`, `review`, `staging` or `production`, or one of their aliases.
   * @default what the stack's name means
   */
  stage?: string;
  /**
   * Namespace to make: 1–63 lower-case letters, digits and inner dashes.
   * @default the system and the stack's name: `avnir-dev`
   */
  namespace?: string;
  /**
   * Context of the kubeconfig: Palier never touches a cluster that was not named.
   * @default configuration `palier:context`
   */
  context?: string;
  /**
   * Path of the kubeconfig.
   * @default configuration `palier:kubeconfig`, else what `kubectl` would take
   */
  kubeconfig?: string;
}
