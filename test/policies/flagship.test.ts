import { deepEqual } from "node:assert/strict";
import { avnir } from "../avnir.ts";
import { preview } from "./preview.ts";

describe("the pack on AVNIR", () => {
  for (const stack of ["dev", "staging", "production"]) {
    it(`has nothing to say about ${stack} [P-01 P-02 P-03 P-04 P-16]`, async () => {
      const declared = await avnir(stack);
      const resources = declared.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
      const said = (await preview(stack, resources)).map(({ policy, urn, message }) => `${policy} ${urn} ${message}`);
      deepEqual(said, []);
    });
  }
}).timeout(30_000);
