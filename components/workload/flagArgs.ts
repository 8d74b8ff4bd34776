/** A feature flag that is on for some: whoever asks is told by OpenFeature's targeting key, such as a user's id. */
export interface FlagShareArgs {
  /**
   * Share of all targeting keys for which it is on, 0–100 %. The same key is always answered alike, and a greater share has
   * all of a smaller one.
   * @default none of them
   */
  percent?: number;
  /**
   * Targeting keys for which it is on anyway.
   * @default none
   */
  keys?: string[];
}
