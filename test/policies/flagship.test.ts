import { deepEqual } from "node:assert/strict";
import { avnir } from "../avnir.ts";
import type { Declared } from "../declared.ts";
import { workloads } from "../identity/workloads.ts";
import { preview } from "./preview.ts";
import { refusedOf } from "./refusedOf.ts";

async function said(stack: string, declared: Declared[]) {
  const resources = declared.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
  return (await preview(stack, resources)).map(({ policy, urn, message }) => `${policy} ${urn} ${message}`);
}

describe("the pack on AVNIR", () => {
  for (const stack of ["dev", "staging", "production"]) {
    it(`has nothing to say about ${stack} [P-01 P-02 P-03 P-04 P-16]`, async () => {
      deepEqual(await said(stack, await avnir(stack)), []);
    });

    it(`refuses nothing in ${stack} by any rule, relations included`, async () => {
      deepEqual(refusedOf(stack, await avnir(stack)), []);
    });

    it(`refuses no kind of workload in ${stack}`, async () => {
      deepEqual(refusedOf(stack, await workloads(stack)), []);
    });
  }
}).timeout(60_000);
