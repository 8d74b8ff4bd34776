/** One thing a run stands on, as `npm run doctor` lists it: which version, where it comes from, and what to do if it is missing. */
export interface Part {
  name: string;
  version: string;
  origin: "path" | "cache" | "download" | "built" | "stand-in" | "debian" | "npm";
  /** Whether this is the publisher's own build or source; false for a stand-in. */
  official: boolean;
  path?: string;
  /** What to do about it. A part with a remedy is missing, or not as it should be. */
  remedy?: string;
}
