import type { EnvironmentRef } from "../environment/args.ts";
import type { SecretKey } from "../link.ts";

export interface MongoArgs {
  /** Whose it is. */
  environment: EnvironmentRef;
  /** Its DNS name, or its IP address: of a replica set that of one member, or the name that its address begins with. */
  host: string;
  /**
   * Port that each of its members listens on, 1–65535.
   * @default 27017
   */
  port?: number;
  /**
   * Ranges of IP addresses that its members answer at, each of /8 at the widest.
   * @default every public address; of a host that is an address, that one
   */
  cidrs?: string[];
  /** Where its whole address stands, with its credentials: `mongodb+srv://user:password@host/shop`, which is encrypted; or `mongodb://…?tls=true`. */
  address: SecretKey;
}
