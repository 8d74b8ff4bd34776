import type { Judgement } from "../../core/rules/evaluate.ts";
import { matches } from "../../core/rules/parameters.ts";
import type { AnyRule } from "../../core/rules/rule.ts";
import type { Exemption } from "./exemption.ts";
import type { PackSettings, RuleSettings } from "./settings.ts";

type State = "used" | "unused" | "expired";

/** What became of the exemptions of one run. */
export class ExemptionLog {
  readonly #states = new Map<string, { rule: string; exemption: Exemption; state: State }>();

  /** Counts the exemptions of all rules as there, or as over. */
  noteAll(rules: readonly AnyRule[], settings: PackSettings, now: Date): void {
    for (const rule of rules) {
      for (const one of settings.of(rule).exemptions)
        this.#note(rule.id, one, isExpired(one, now) ? "expired" : "unused");
    }
  }

  /** What a rule found at a place, by its names, that no exemption covers; one that covers something counts as used. */
  rest(
    rule: AnyRule,
    set: RuleSettings,
    place: readonly (string | undefined)[],
    judgements: readonly Judgement[],
    now: Date,
  ): Judgement[] {
    return judgements.filter((judgement) => {
      const found = set.exemptions.find((one) => !isExpired(one, now) && isMeant(one, place, judgement));
      if (found) this.#note(rule.id, found, "used");
      return found === undefined;
    });
  }

  #note(rule: string, one: Exemption, state: State): void {
    const key = `${rule} ${JSON.stringify(one)}`;
    const known = this.#states.get(key);
    if (!known || known.state === "unused") this.#states.set(key, { rule, exemption: one, state });
  }

  /** One line for each. */
  lines(): string[] {
    return [...this.#states.values()].map(({ rule, exemption: one, state }) => {
      const place = one.container === undefined ? one.resource : `${one.resource}, container ${one.container}`;
      const until = state === "expired" ? `no longer holds since ${one.expires}` : `until ${one.expires}`;
      return `${state}: ${rule} for ${place}, ${until} (${one.owner}: ${one.reason})`;
    });
  }
}

function isMeant(
  { resource, container }: Exemption,
  place: readonly (string | undefined)[],
  judgement: Judgement,
): boolean {
  const meant = place.some((text) => text !== undefined && matches(text, [resource]));
  return meant && (container === undefined || container === judgement.container);
}

/** Its last day is over, in universal time. */
function isExpired({ expires }: Exemption, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}
