import { Inventory } from "../../core/rules/reading/inventory.ts";
import type { KubernetesObject } from "../../core/rules/reading/kubernetesObject.ts";
import { askedBy } from "./asked.ts";
import { type EnvironmentCosts, type Range, type Row, sumOf } from "./costs.ts";

/** An object of a stack. */
export interface Part {
  readonly object: KubernetesObject;
  /** Its name in the program, which has no generated end. */
  readonly name: string;
  /** The component that made it; undefined where the program did. */
  readonly component: string | undefined;
}

/** What the objects of one environment ask for, by component. */
export function counted(environment: string, parts: readonly Part[]): EnvironmentCosts {
  const inventory = new Inventory();
  for (const { object } of parts) inventory.add(object);
  const all = parts.flatMap(({ object, name, component }) => {
    const asked = askedBy(object, inventory);
    const own = `${object.kind} ${name}`;
    return asked ? [{ ...asked, component: asked.whileRunning ? own : (component ?? own) }] : [];
  });
  return {
    environment,
    components: rowsOf(all.filter(({ whileRunning }) => !whileRunning)),
    whileRunning: rowsOf(all.filter(({ whileRunning }) => whileRunning)),
    notCounted: all.flatMap(({ notCounted }) => notCounted),
  };
}

function rowsOf(all: readonly (Range & { component: string })[]): Row[] {
  const rows = [...Map.groupBy(all, ({ component }) => component)];
  return rows.map(([component, parts]) => ({ component, ...sumOf(parts) })).sort(byName);
}

const byName = (a: Row, b: Row) => (a.component < b.component ? -1 : 1);
