/** Something outside the cluster that an app may reach: an API, a mail server, a database of somebody else's. */
export interface OutsideArgs {
  /** Its DNS name, or its IP address. */
  host: string;
  /**
   * Port it listens on, 1–65535, over TCP.
   * @default 443
   */
  port?: number;
  /**
   * Ranges of IP addresses it answers at, each of /8 at the widest: the app reaches these and no others. Network
   * policies know no names, so without them it reaches this port of every public address.
   * @default every public address; of a host that is an address, that one
   */
  cidrs?: string[];
  /**
   * Begins the address that the variable holds: `https://api.stripe.com`.
   * @default "https"
   */
  scheme?: string;
}
