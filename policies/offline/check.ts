import { evaluate, type Judgement } from "../../core/rules/evaluate.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import type { Rule, Subject } from "../../core/rules/rule.ts";
import type { Stage } from "../../core/stage.ts";
import { ExemptionLog } from "../adapter/exemptionLog.ts";
import { readSettings } from "../adapter/settings.ts";
import { profiles } from "../profiles/index.ts";
import { release } from "../release/index.ts";

/** An object to judge, with what the program says of it where there is one. */
export interface Judged {
  readonly object: KubernetesObject;
  readonly urn?: string;
  readonly options?: Pick<Subject, "protect" | "ignoreChanges">;
}

/** What is judged: objects, wherever they were read. */
export interface Subjects<Item extends Judged> {
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
export function check<Item extends Judged>(
  rules: readonly Rule[],
  { items, stage, review, configuration = {}, now = new Date() }: Subjects<Item>,
): Checked<Item> {
  const inventory = new Inventory();
  for (const { object } of items) inventory.add(object);
  const settings = readSettings({ rules: [...rules, ...release], profiles }, configuration);
  const log = new ExemptionLog();
  log.noteAll(rules, settings, now);
  const findings = items.flatMap((item) => {
    const subject = { ...item.options, object: item.object, stage, review, inventory, now };
    return rules.flatMap((rule) => judged(rule, item, subject).map((judgement) => ({ item, rule, judgement })));
  });
  return { findings, exemptions: log.lines(), problems: settings.problems };

  function judged(rule: Rule, { object, urn }: Item, subject: Subject): Judgement[] {
    const set = settings.of(rule);
    return log.rest(rule, set, [object.name, urn], evaluate(rule, subject, set), now);
  }
}
