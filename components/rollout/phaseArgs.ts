/** A release beside the one that counts, at a share that it keeps until a human goes on: by one `pulumi up` for each. */
export interface PhaseArgs {
  /** What is tried, with its digest; `image` beside it stays what counts. */
  image: string;
  /**
   * Its share of the requests in percent: 0, the weight of one of `steps`, or 100, with which it counts in place of `image`. Each
   * step up to it is gone through, for its seconds; what is above it comes with a later `up`.
   */
  weight: number;
}
