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
import type { Declared } from "../declared.ts";
import { workloads } from "../identity/workloads.ts";
import { preview } from "./preview.ts";

async function said(stack: string, declared: Declared[]) {
  const resources = declared.map(({ type, name, inputs }) => ({ type, name, props: inputs }));
  return (await preview(stack, resources)).map(({ policy, urn, message }) => `${policy} ${urn} ${message}`);
}

/** What any rule refuses, relations included. */
function refused(stack: string, declared: Declared[]): string[] {
  const items = declared.flatMap(({ type, inputs }) => {
    const kind = kubernetesKind(type);
    return kind ? kubernetesObjects(kind, new Field(readable(inputs))).map((object) => ({ object })) : [];
  });
  const { findings } = check(rules, { items, stage: stageOf(stack)! });
  return findings
    .filter(({ judgement }) => judgement.level === "mandatory")
    .map(({ judgement }) => `${judgement.rule}: ${sentence(judgement)}`);
}

describe("the pack on AVNIR", () => {
  for (const stack of ["dev", "staging", "production"]) {
    it(`has nothing to say about ${stack} [P-01 P-02 P-03 P-04 P-16]`, async () => {
      deepEqual(await said(stack, await avnir(stack)), []);
    });

    it(`refuses nothing in ${stack} by any rule, relations included`, async () => {
      deepEqual(refused(stack, await avnir(stack)), []);
    });

    it(`refuses no kind of workload in ${stack}`, async () => {
      deepEqual(refused(stack, await workloads(stack)), []);
    });
  }
}).timeout(30_000);
