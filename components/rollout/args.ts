import type { CanaryArgs } from "./canaryArgs.ts";
import type { PreparedArgs } from "./preparedArgs.ts";

/** One Deployment, whose pods are replaced a few at a time. */
export interface RollingArgs {
  /**
   * A rollout that fails goes back by itself: what ran before is applied again and waited for. It needs an environment that
   * names its cluster, by `context` or `palier:context`.
   * @default true
   */
  undo?: boolean;
}

/**
 * A Deployment for each release, beside the one that serves; all traffic moves at once, and back where the new one is
 * found wanting. Needs `image` in clear, with its digest, and room for both.
 */
export interface BlueGreenArgs extends PreparedArgs {
  /**
   * Seconds for which the new release has all traffic before it counts, 0–300: an answer that is not well, a container that
   * starts anew or a pod that is no longer there moves all traffic back.
   * @default the profile's: 5 in dev and review, 10 in staging, 60 in production
   */
  bakeSeconds?: number;
}

/** How a new version takes the place of the old one: by one of these. */
export interface RolloutArgs {
  /**
   * Pods are replaced a few at a time.
   * @default as its arguments, where neither of the others is given
   */
  rolling?: RollingArgs;
  /**
   * A whole new set of pods is made and tried, then gets all traffic at once.
   * @default none: `rolling` it is
   */
  blueGreen?: BlueGreenArgs;
  /**
   * A whole new set of pods is made and tried, then gets a growing share of the requests that come by the app's `edge`.
   * @default none: `rolling` it is
   */
  canary?: CanaryArgs;
  /**
   * Who does it: `argoRollouts` or `flagger`, which have to be in the cluster. Their objects are made of the same arguments, and
   * nothing of Palier's stands beside them: no record, no way back by `palier rollback`.
   * @default none: the update itself does it
   * @see https://argo-rollouts.readthedocs.io and https://docs.flagger.app
   */
  engine?: string;
}
