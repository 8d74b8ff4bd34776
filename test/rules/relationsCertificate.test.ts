import { deepEqual, equal } from "node:assert/strict";
import { certificateValid } from "../../core/rules/relations/certificateValid.ts";
import { selfSigned } from "../selfSigned.ts";
import { ingress, secret, tls } from "./relationsSecrets.cases.ts";
import { judge } from "./table.ts";

describe("a certificate of the stack", () => {
  it("that ends in a few days is advised against, by how many they are", async () => {
    const { certificate, key } = await selfSigned(["a.example"], 5.5);
    const stack = [
      ingress(tls),
      secret("cert", {}, { stringData: { "tls.crt": certificate, "tls.key": key } }),
    ] as const;
    deepEqual(
      judge(certificateValid, [...stack]).map(({ level, field, problem }) => [level, field, problem]),
      [["advisory", "spec.tls[0].secretName", 'is Secret "cert", whose certificate ends in 5 days']],
    );
    deepEqual(judge(certificateValid, { set: { leastDays: 3 }, of: [...stack] }), []);
  });

  it("that is not known yet is left open", () => {
    const later = secret("cert", {}, { stringData: { "tls.crt": Symbol("later"), "tls.key": Symbol("later") } });
    deepEqual(
      judge(certificateValid, [ingress(tls), later]).map(({ level }) => level),
      ["undecided"],
    );
  });

  it("shows no part of its key", async () => {
    const [{ certificate }, { key }] = [await selfSigned(["a.example"], 60), await selfSigned(["a.example"], 60)];
    const found = judge(certificateValid, [
      ingress(tls),
      secret("cert", {}, { stringData: { "tls.crt": certificate, "tls.key": key } }),
    ]);
    equal(found.length, 1);
    equal(JSON.stringify(found).includes(key.split("\n")[1]!), false);
  });
});
