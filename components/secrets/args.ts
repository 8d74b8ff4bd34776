import type { EnvironmentRef } from "../environment/args.ts";
import type { SecretKey } from "../link.ts";

/** A value of a secret store, which the External Secrets Operator brings into the namespace. Give one of the two stores. */
export interface ExternalSecretArgs {
  /** Name of a SecretStore in the namespace. */
  store?: string;
  /** Name of a ClusterSecretStore. */
  clusterStore?: string;
  /** What the store keeps it under, 1–2048 characters: `avnir/production/stripe`. */
  key: string;
  /**
   * Which part of it, where the store keeps a map under a key, at most 253 characters.
   * @default the whole of it
   */
  property?: string;
  /**
   * Which version of it, where the store keeps several, at most 253 characters. Another one rolls who uses it.
   * @default the store's latest
   */
  version?: string;
  /**
   * Minutes after which the store is asked again, 1–44640. The value then changes in place, and a pod learns of it when
   * it starts: old and new pods may differ.
   * @default the store is asked once, and again when the arguments change; `rotate` is there for it
   */
  refreshMinutes?: number;
}

/**
 * Where a secret comes from: exactly one of `generate`, `config`, `existing`, `external` and `sealed`.
 */
export interface SecretSource {
  /** Makes a random value of this many letters and digits, 16–256, once for this environment. */
  generate?: number;
  /** Reads the secret key of the same name from the stack's configuration. */
  config?: boolean;
  /** Takes it from a Secret that stands in the namespace, made by somebody else. A Secret of another name rolls who uses it. */
  existing?: SecretKey;
  /** Takes it from a secret store, through the External Secrets Operator. */
  external?: ExternalSecretArgs;
  /**
   * The value as `kubeseal --raw --scope namespace-wide` has encrypted it for this environment's namespace, for the
   * Sealed Secrets controller to open. Give it by environment, in `in`.
   */
  sealed?: string;
  /**
   * Fewest characters of the value, 1–4096; of a sealed one, bytes. Of `existing` and `external` nothing is known before
   * the cluster knows it: there it is refused.
   * @default 16
   */
  minLength?: number;
  /**
   * Name of the rotation, of 1–32 lower-case letters, digits, inner dashes and dots: `2026-11-01`. Another name makes a
   * new value, or asks the store anew, and rolls who uses it. A configured or sealed value is rotated where it stands.
   * @default "first"
   */
  rotate?: string;
  /**
   * Name of another rotation of a generated secret whose value stays valid beside: the variable with `_OVERLAP` behind
   * its name holds it. `first` is the one before any rotation.
   * @default one value
   */
  overlap?: string;
}

/** One secret: where it comes from, and where it comes from instead in some environments. */
export interface SecretArgs extends SecretSource {
  /** By environment (`dev`, `review`, `staging`, `production`): what holds there instead, whole. */
  in?: { [stage: string]: SecretSource };
}

export interface SecretsArgs {
  /** Where the Secret is kept. */
  environment: EnvironmentRef;
  /** The secrets by their key, which is also the variable's name. */
  values: { [key: string]: SecretArgs };
}
