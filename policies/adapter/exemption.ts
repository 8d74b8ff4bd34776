import { z } from "zod";
import type { Judgement } from "../../core/rules/evaluate.ts";
import { matches } from "../../core/rules/parameters.ts";

/** Where a rule does not count, as data that somebody answers for. */
export const exemption = z.strictObject({
  resource: z.string().min(1).describe("name or URN of the object, whole; `*` stands for any text"),
  container: z.string().min(1).optional().describe("only this container of it"),
  reason: z.string().min(10).describe("why, in a sentence"),
  owner: z.string().min(1).describe("who answers for it"),
  expires: z.iso.date().describe("last day on which it holds: 2027-01-31"),
});

export type Exemption = z.infer<typeof exemption>;

/** Where a finding is. */
export interface Place {
  readonly name: string | undefined;
  readonly urn?: string;
}

type State = "used" | "unused" | "expired";

/** What became of the exemptions of one run. */
export class ExemptionLog {
  readonly #states = new Map<string, { rule: string; exemption: Exemption; state: State }>();

  /** Counts the exemptions of a rule as there, or as over. */
  noteAll(rule: string, exemptions: readonly Exemption[], now: Date): void {
    for (const one of exemptions) this.#note(rule, one, isExpired(one, now) ? "expired" : "unused");
  }

  /** Whether one of them covers what the rule found; that one counts as used. */
  covers(rule: string, exemptions: readonly Exemption[], place: Place, judgement: Judgement, now: Date): boolean {
    const found = exemptions.find((one) => !isExpired(one, now) && isMeant(one, place, judgement));
    if (found) this.#note(rule, found, "used");
    return found !== undefined;
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

function isMeant({ resource, container }: Exemption, { name, urn }: Place, judgement: Judgement): boolean {
  const meant = [name, urn].some((text) => text !== undefined && matches(text, [resource]));
  return meant && (container === undefined || container === judgement.container);
}

/** Its last day is over, in universal time. */
function isExpired({ expires }: Exemption, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}
