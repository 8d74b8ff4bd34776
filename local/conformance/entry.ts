/** One behaviour of the official side, and what the stand-in does with it. */
export type Entry = {
  behaviour: string;
  /** Where the official side describes it. */
  source: string;
} & (Covered | Refused);

export interface Covered {
  /** The test that holds the stand-in to it: its file below `test/`, a colon, its title. */
  test: string;
}

export interface Refused {
  /** The words of the refusal. */
  refused: string;
  /** Tokens of the types, functions and methods of the SDK that are meant. */
  names?: readonly string[];
}

export interface Conformance {
  /** The official package or program, and its version. */
  of: string;
  entries: readonly Entry[];
}

export function isRefused(entry: Entry): entry is Entry & Refused {
  return "refused" in entry;
}
