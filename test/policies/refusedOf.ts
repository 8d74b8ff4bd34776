import { sentence } from "../../core/rules/evaluate.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { stageOf } from "../../core/stage.ts";
import { readable } from "../../policies/adapter/props.ts";
import { kubernetesKind } from "../../policies/adapter/urn.ts";
import { check } from "../../policies/offline/check.ts";
import { rules } from "../../policies/themes.ts";
import type { Declared } from "../declared.ts";

/** What any rule refuses of what a stack declares, relations included; those of these names wherever it is. */
export function refusedOf(stack: string, declared: readonly Declared[], everywhere: readonly string[] = []): string[] {
  return saidOf(stack, declared, everywhere).flatMap(({ level, text }) => (level === "mandatory" ? [text] : []));
}

/** All that they say, advice and what they could not decide included. */
export function saidOf(
  stack: string,
  declared: readonly Declared[],
  everywhere: readonly string[] = [],
): { level: string; text: string }[] {
  const items = declared.flatMap(({ type, inputs }) => {
    const kind = kubernetesKind(type);
    return kind ? kubernetesObjects(kind, new Field(readable(inputs))).map((object) => ({ object })) : [];
  });
  const levels = { dev: "mandatory", review: "mandatory", staging: "mandatory", production: "mandatory" } as const;
  const asked = rules.map((rule) => (everywhere.includes(rule.id) ? { ...rule, levels } : rule));
  const { findings } = check(asked, { items, stage: stageOf(stack)! });
  return findings.map(({ judgement }) => ({
    level: judgement.level,
    text: `${judgement.rule}: ${sentence(judgement)}`,
  }));
}
