/** What takes longer than anybody waits for a test; `npm test` runs a short form of each whose file is a test's. */
export interface Proof {
  /** The test file, in which `test/proof.ts` tells the long form from the short one. */
  file: string;
  /** What it shows, as a sentence of `docs/proof.md`. */
  shows: string;
  /** How long it takes, about, on two processors. */
  minutes: number;
  /** It makes the machine that it needs, and wants none of ours beside it. */
  alone?: true;
}

export const proofs: Record<string, Proof> = {
  prevention: {
    file: "test/node/prevention.test.ts",
    shows: "Each preventive rule refuses at `up` what it could not decide at preview, before it is made.",
    minutes: 25,
  },
  cold: {
    file: "test/cold/cold.proof.ts",
    shows: "On an empty Debian, with Node, npm and Go as they are here, the README's two commands do what it says.",
    minutes: 60,
    alone: true,
  },
};
