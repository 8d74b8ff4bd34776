import { deepEqual, equal, ok } from "node:assert/strict";
import { demands } from "../../core/rules/demands.ts";
import type { AnyRule } from "../../core/rules/rule.ts";
import { stageOf } from "../../core/stage.ts";
import { demandsLeftOut } from "../../policies/leftOut.ts";
import { profiles } from "../../policies/profiles/index.ts";
import { release } from "../../policies/release/index.ts";
import { themes } from "../../policies/themes.ts";
import type { Prohibition } from "../policies/prohibitions/deviation.ts";
import { prohibitions } from "../policies/prohibitions/index.ts";
import { isWhole, record } from "../proof.ts";
import { ForbiddenTrials } from "./forbidden-trials.ts";
import { describeOnNode } from "./machine.ts";

/** Each takes runs of the engine: all of them are a proof. One refused by a component, by the whole stack, and at `up`. */
const sample = ["R-09", "R-55", "R-50"];
const table = "What the five systems forbid, and AVNIR when it does it";
const rules = new Map<string, AnyRule>(themes.flatMap((theme) => theme.rules).map((rule) => [rule.id, rule]));
const isRelease = (id: string) => release.some((rule) => rule.id === id);

describeOnNode("a stack that does what is forbidden, on the real engine", function (machine) {
  this.timeout("3m");
  const trials = new ForbiddenTrials(machine);
  after(() => trials.remove());

  const whole = isWhole("prohibitions");
  for (const one of whole ? prohibitions : prohibitions.filter(({ demand }) => sample.includes(demand))) {
    const { demand, does, rule, byComponent } = one;
    it(`is refused by ${rule} when it ${does} [${demands[demand]!.row}]`, async () => {
      const atUp = isRelease(rule);
      const { code, refused, output } = await trials.run(one, "refused", atUp ? "up" : "preview");
      ok(code !== 0, output);
      deepEqual(refused, byComponent ? [] : [rule], output);
      if (byComponent) ok(output.includes(rule), output);
      if (atUp) equal(await trials.made(one), 0);
      if (!whole) return;
      const passed = await trials.run(one, "passes", "preview");
      equal(passed.code, 0, passed.output);
      deepEqual(
        passed.told.filter((id) => id === rule && atUp),
        [],
        passed.output,
      );
      record(table, row(one));
    });
  }

  if (whole) {
    it("is not told of where nothing can refuse it", () => {
      for (const [demand, why] of Object.entries(demandsLeftOut))
        record(table, { ...named(demand), "refused at": why });
    });
  }
});

const named = (demand: string) => ({ demand: `${demand} ${demands[demand]!.row}`, system: demands[demand]!.system });

function row({ demand, does, rule: id, byComponent, refused }: Prohibition) {
  const rule = rules.get(id);
  return {
    ...named(demand),
    "refused when AVNIR": does,
    rule: rule ? `\`${id}\`` : id,
    level: rule ? levelOf(rule, refused.stack ?? "production") : "mandatory",
    "refused at": byComponent ? "preview, by the component" : isRelease(id) ? "up" : "preview",
  };
}

/** How much it counts by itself; and which profiles refuse what is no more than advised, or off. */
function levelOf({ id, levels }: AnyRule, stack: string): string {
  const own = levels[stageOf(stack)!];
  if (own === "mandatory") return own;
  const by = Object.entries(profiles).filter(([, { rules }]) => JSON.stringify(rules[id] ?? "").includes("mandatory"));
  return `${own}; mandatory ${by.length > 0 ? `with profile ${by.map(([name]) => name).join(", ")}` : "where it is set"}`;
}
