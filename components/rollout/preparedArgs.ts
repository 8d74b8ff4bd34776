/** What a new release has to show before it gets any traffic. */
export interface PreparedArgs {
  /**
   * Path that each new pod has to answer well before it gets any traffic, and while it is watched: with a status of 200–299, and
   * where the answer is JSON with a `status`, with `ok`, `healthy`, `pass` or `up` there.
   * @default that of `health.verify`
   */
  smoke?: string;
  /**
   * Seconds within which each new pod has to do so, 1–600.
   * @default the usual 30
   */
  smokeSeconds?: number;
}
