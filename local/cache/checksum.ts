import { createHash } from "node:crypto";
import { Transform } from "node:stream";

/** A stream that sums up what goes through it. */
export function checksum() {
  const hash = createHash("sha256");
  const through = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { through, sha256: () => hash.digest("hex") };
}
