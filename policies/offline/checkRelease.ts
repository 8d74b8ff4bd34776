import { evaluateRelease, sentence } from "../../core/rules/evaluate.ts";
import type { Release } from "../../core/rules/release/release.ts";
import { ExemptionLog } from "../adapter/exemptionLog.ts";
import { readSettings } from "../adapter/settings.ts";
import { profiles } from "../profiles/index.ts";
import { release as releaseRules } from "../release/index.ts";
import { rules } from "../themes.ts";

/** What the rules about releases say of one, each in a line with the rule's name. */
export interface CheckedRelease {
  readonly refused: readonly string[];
  readonly advised: readonly string[];
  /** One line for each exemption that was used, or is over. */
  readonly exemptions: readonly string[];
  /** What is wrong with the configuration; the defaults hold there. */
  readonly problems: readonly string[];
}

/** Judges a release as the pack does at `up`, without an engine. */
export function checkRelease(release: Release, stack: string, configuration: object = {}): CheckedRelease {
  const settings = readSettings({ rules: [...rules, ...releaseRules], profiles }, configuration);
  const log = new ExemptionLog();
  const { system, now } = release;
  const place = [system, `urn:pulumi:${stack}::${system}::pulumi:pulumi:Stack::${system}-${stack}`];
  const judgements = releaseRules.flatMap((rule) => {
    const set = settings.of(rule);
    return log.rest(rule, set, place, evaluateRelease(rule, release, set), now);
  });
  const told = (mandatory: boolean) =>
    judgements
      .filter(({ level }) => (level === "mandatory") === mandatory)
      .map((judgement) => `[${judgement.rule}] ${sentence(judgement)}`);
  return { refused: told(true), advised: told(false), exemptions: log.lines(), problems: settings.problems };
}
