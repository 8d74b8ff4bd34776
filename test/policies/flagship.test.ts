import { deepEqual } from "node:assert/strict";
import { sentence } from "../../core/rules/evaluate.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { stageOf } from "../../core/stage.ts";
import { readable } from "../../policies/adapter/props.ts";
import { kubernetesKind } from "../../policies/adapter/urn.ts";
import { check } from "../../policies/offline/check.ts";
import { rules } from "../../policies/themes.ts";
import { avnir } from "../avnir.ts";
import { preview } from "./preview.ts";

async function said(stack: string) {
  const declared = await avnir(stack);
  const resources = declared.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
  return (await preview(stack, resources)).map(({ policy, urn, message }) => `${policy} ${urn} ${message}`);
}

async function objects(stack: string) {
  const declared = await avnir(stack);
  return declared.flatMap(({ type, inputs }) => {
    const kind = kubernetesKind(type);
    return kind ? kubernetesObjects(kind, new Field(readable(inputs))).map((object) => ({ object })) : [];
  });
}

describe("the pack on AVNIR", () => {
  for (const stack of ["dev", "staging", "production"]) {
    it(`has nothing to say about ${stack} [P-01 P-02 P-03 P-04 P-16]`, async () => {
      deepEqual(await said(stack), []);
    });

    it(`refuses nothing in ${stack} by any rule, relations included`, async () => {
      const { findings } = check(rules, { items: await objects(stack), stage: stageOf(stack)! });
      const refused = findings.filter(({ judgement }) => judgement.level === "mandatory");
      deepEqual(
        refused.map(({ judgement }) => `${judgement.rule}: ${sentence(judgement)}`),
        [],
      );
    });
  }
}).timeout(30_000);
