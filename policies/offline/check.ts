import { evaluate, type Judgement } from "../../core/rules/evaluate.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import type { Rule } from "../../core/rules/rule.ts";
import type { Stage } from "../../core/stage.ts";
import { ExemptionLog } from "../adapter/exemption.ts";
import { readSettings } from "../adapter/settings.ts";

/** What is judged: objects, wherever they were read. */
export interface Subjects<Item extends { readonly object: KubernetesObject; readonly urn?: string }> {
  readonly items: readonly Item[];
  readonly stage: Stage;
  /** The review environment's own name. */
  readonly review?: string;
  /** What stands under `rules` in the pack's configuration. */
  readonly configuration?: object;
  /** @default the machine's clock */
  readonly now?: Date;
}

export interface Checked<Item> {
  readonly findings: readonly { readonly item: Item; readonly rule: Rule; readonly judgement: Judgement }[];
  /** One line for each exemption: used, unused or expired. */
  readonly exemptions: readonly string[];
  /** What is wrong with the configuration; the defaults hold there. */
  readonly problems: readonly string[];
}

/** Judges objects by the rules without an engine, relations included. */
export function check<Item extends { readonly object: KubernetesObject; readonly urn?: string }>(
  rules: readonly Rule[],
  { items, stage, review, configuration = {}, now = new Date() }: Subjects<Item>,
): Checked<Item> {
  const inventory = new Inventory();
  for (const { object } of items) inventory.add(object);
  const settings = readSettings(rules, configuration);
  const log = new ExemptionLog();
  for (const rule of rules) log.noteAll(rule.id, settings.of(rule).exemptions, now);
  const findings = items.flatMap((item) =>
    rules.flatMap((rule) => {
      const set = settings.of(rule);
      const place = { name: item.object.name, urn: item.urn };
      return evaluate(rule, { object: item.object, stage, review, inventory }, set)
        .filter((judgement) => !log.covers(rule.id, set.exemptions, place, judgement, now))
        .map((judgement) => ({ item, rule, judgement }));
    }),
  );
  return { findings, exemptions: log.lines(), problems: settings.problems };
}
