import { deepEqual } from "node:assert/strict";
import { undecided } from "../../core/rules/reading/field.ts";
import { certificateExists } from "../../core/rules/relations/certificateExists.ts";
import { secretIsRead } from "../../core/rules/relations/secretRules.ts";
import { manifest } from "./manifests.ts";
import { ingress, pair, reads, secret, tls } from "./relationsSecrets.cases.ts";
import { judge } from "./table.ts";

describe("Secrets that are not known yet", () => {
  const levels = (...found: { level: string }[]) => found.map(({ level }) => level);
  it("are not said to be read by nobody while something names an unknown one", () => {
    deepEqual(levels(...judge(secretIsRead, [secret("s"), reads(undecided)])), ["undecided"]);
  });
  it("may be the certificate that an Ingress names", () => {
    const nameless = manifest("Secret", pair, { name: undecided });
    deepEqual(levels(...judge(certificateExists, [ingress(tls), nameless])), ["undecided"]);
  });
});
