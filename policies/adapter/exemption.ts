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

export function covers(
  { resource, container }: Exemption,
  name: string | undefined,
  urn: string,
  judgement: Judgement,
): boolean {
  const meant = matches(urn, [resource]) || (name !== undefined && matches(name, [resource]));
  return meant && (container === undefined || container === judgement.container);
}

/** Its last day is over, in universal time. */
export function isExpired({ expires }: Exemption, now: Date): boolean {
  return now.toISOString().slice(0, 10) > expires;
}

type State = "used" | "unused" | "expired";

/** What became of the exemptions of one run. */
export class ExemptionLog {
  readonly #states = new Map<string, { rule: string; exemption: Exemption; state: State }>();

  /** Counts it as there; the first time it is used, as used. */
  note(rule: string, one: Exemption, state: State): void {
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
