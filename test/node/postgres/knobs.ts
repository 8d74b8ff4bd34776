/** In place of a moment: the last that was archived. */
export const last = "last";

/** What a test tells the program of an archive. */
export interface Knobs {
  /** Whether the server is there that is archived. */
  archived: boolean;
  /** Servers that begin with the archive, and the moment of each, or `last`. */
  restored: { [server: string]: string };
}
