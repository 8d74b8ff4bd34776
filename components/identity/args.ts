import type * as pulumi from "@pulumi/pulumi";
import type { BackupStoreArgs, KeepArgs } from "../backup/args.ts";
import type { EdgeArgs } from "../edge/args.ts";
import type { EnvironmentRef } from "../environment/args.ts";
import type { Link } from "../link.ts";
import type { ResourcesArgs } from "../resources.ts";
import type { SecretArgs } from "../secrets/args.ts";
import type { ScaleArgs } from "../workload/args.ts";

/** Copies of the realms' configuration: clients, roles, settings. */
export interface IdentityExportArgs {
  /** An image with `age` and `rclone`, such as a `Backup` has; a reference with its digest. */
  image: pulumi.Input<string>;
  /** Where the copies go. */
  to: BackupStoreArgs;
  /** Public keys of age's, `age1…`: each of their holders can open a copy, and nobody else. One at least. */
  recipients: string[];
  /**
   * When it runs, as cron's five fields.
   * @default the third hour of each Sunday: `0 3 * * 0`
   */
  schedule?: string;
  /**
   * Time zone of the schedule, a name of the IANA database such as `Europe/Paris`.
   * @default "Etc/UTC"
   */
  timeZone?: string;
  /**
   * What of the older copies is kept.
   * @default those of 90 days, and 7 at least
   */
  keep?: KeepArgs;
}

export interface IdentityArgs {
  /** Where it runs. */
  environment: EnvironmentRef;
  /**
   * An image of Keycloak 26 or later on which `kc.sh build` has run with `KC_DB=postgres` and `KC_HEALTH_ENABLED=true`: a start
   * builds nothing. A reference with its digest.
   */
  image: pulumi.Input<string>;
  /** A database of its own: `db.links["keycloak"]`. Keycloak brings its schema up itself, and owns it. */
  database: Link;
  /** How its users know it, without a path: `https://auth.mecapy.com`. Outside dev and review it begins with `https://`. */
  url: string;
  /**
   * Realms by name, each as the JSON that Keycloak exports, of at most 120 KiB. A realm that is there already stays as it is. Its secrets
   * are `${NAME}`, of `secrets`.
   * @default none but Keycloak's own
   */
  realms?: { [realm: string]: string };
  /**
   * Secrets that realms name, by their variable.
   * @default none
   */
  secrets?: { [name: string]: SecretArgs };
  /**
   * Saves the configuration of its realms on a schedule, encrypted. People are in the database, which a `Backup` saves.
   * @default none
   */
  export?: IdentityExportArgs;
  /**
   * How many replicas.
   * @default as an app's
   */
  scale?: ScaleArgs;
  /**
   * What each pod asks for; the heap is 70 % of the memory.
   * @default cpu 250m, memory 1250Mi
   */
  resources?: ResourcesArgs;
  /**
   * How the world reaches it, as an app.
   * @default it is reached only by what links to it
   */
  edge?: EdgeArgs;
  /**
   * Opens it to whoever reaches the node, on this port of the node.
   * @default it is reached only by what links to it
   */
  nodePort?: number;
}
