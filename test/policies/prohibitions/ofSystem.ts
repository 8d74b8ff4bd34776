import type { SystemName } from "../../systems.ts";
import type { Deviation, Prohibition } from "./deviation.ts";

/** What the table says of AVNIR's configuration, said of the system's own. */
const configured: Readonly<Record<string, Pick<Prohibition, "refused" | "passes">>> = {
  "R-47": {
    refused: { config: { "mecapy:url": "http://mecapy.com" } },
    passes: { config: { "mecapy:url": "https://mecapy.com" } },
  },
};

/** The same prohibition, of another system than AVNIR: its namespaces in place of AVNIR's. */
export function ofSystem(system: SystemName, prohibition: Prohibition): Prohibition {
  const own = { ...prohibition, ...configured[prohibition.demand] };
  return { ...own, refused: renamed(system, own.refused), passes: renamed(system, own.passes) };
}

function renamed(system: SystemName, { changes = [], adds = [], ...rest }: Deviation): Deviation {
  const own = <Value>(value: Value): Value => replaced(value, system) as Value;
  return {
    ...rest,
    changes: changes.map(({ of, field, to }) => ({ of: own(of), field, to: (was) => own(to(was)) })),
    adds: own(adds),
  };
}

function replaced(value: unknown, system: SystemName): unknown {
  if (typeof value === "string") return value.replaceAll("avnir-", `${system}-`);
  if (Array.isArray(value)) return value.map((one) => replaced(one, system));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, system)]));
}
