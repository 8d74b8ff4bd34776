import { z } from "zod";
import type { ShapeRecord, Workload } from "../../records/shapeRecord.ts";
import { finding, notDecided } from "../finding.ts";
import { advisedFromStagingOn } from "../levels.ts";
import { matches, patterns, ruleWith } from "../parameters.ts";
import { Field, undecided } from "../reading/field.ts";
import type { Finding, Subject } from "../rule.ts";
import { sameImage, sameMajor } from "./sameImage.ts";
import { runsPods, shapeOf } from "./shape.ts";

/** Judged on the stack as a whole: what is missing has no object of its own. */
export const envParity = {
  ...ruleWith(
    {
      id: "env-parity",
      description:
        "An environment runs what the one before it runs: the same workloads, the same databases, variables of the same names, and in production the same images.",
      why: "What differs was never tried: staging is green, and production fails by the one variable that it lacks.",
      severity: "medium",
      levels: advisedFromStagingOn,
      demands: ["R-15", "R-50", "R-64", "R-66"],
      rows: ["K01"],
      relation: true,
      parameters: z.strictObject({
        except: patterns
          .default([])
          .describe("workloads that may be in one environment alone, by name; `*` stands for any text"),
        variables: patterns.default([]).describe("variables that may be in one environment alone"),
      }),
    },
    (subject: Subject, given: Exceptions) => {
      const before = subject.shapes?.before;
      if (!before || subject.object.partial) return [];
      if (before.record) return differences(subject, before.record, given);
      const problem = `nothing is on record of ${before.environment}, so nothing is compared with it`;
      return [{ ...notDecided(new Field(undecided, "palier:records")), problem }];
    },
  ),
  kinds: ["Stack"],
};

interface Exceptions {
  readonly except: readonly string[];
  readonly variables: readonly string[];
}

function differences({ inventory, stage }: Subject, before: ShapeRecord, given: Exceptions): Finding[] {
  const own = inventory
    .all()
    .filter(runsPods)
    .map((object) => ({ object, shape: shapeOf(object, inventory) }));
  const open = own.find(({ shape }) => shape === undefined);
  const here = byName(own.flatMap(({ shape }) => shape ?? []));
  const there = byName(Object.values(before.workloads));
  return [...new Set([...here.keys(), ...there.keys()])].sort().flatMap((title) => {
    const [a, b] = [here.get(title), there.get(title)];
    if (matches((a ?? b)?.name, [...given.except])) return [];
    if (a && b) return inContainers(title, a, b, { ...given, stage, environment: before.environment });
    if (open) return [notDecided(new Field(undecided, title))];
    const problem = a ? `does not run in ${before.environment}` : `runs in ${before.environment}, and not here`;
    const fix = `let both run it, or name it under \`except\` of env-parity where that is meant`;
    return [finding(new Field(undefined, title), { problem, fix })];
  });
}

/** Of several by one name, in several namespaces, the first stands for all. */
function byName(workloads: readonly Workload[]): Map<string, Workload> {
  return new Map([...workloads].reverse().map((one) => [`${one.kind} "${one.name}"`, one]));
}

type Where = Exceptions & { readonly stage: Subject["stage"]; readonly environment: string };

function inContainers(title: string, here: Workload, there: Workload, where: Where): Finding[] {
  const names = new Set([...Object.keys(here.containers), ...Object.keys(there.containers)]);
  return [...names].flatMap((name) => {
    const [a, b] = [here.containers[name], there.containers[name]];
    const field = new Field(undefined, title);
    if (a && b) return [...images(field, name, [a, b], where), ...variables(field, name, [a, b], where)];
    const problem = a
      ? `has this container, unlike in ${where.environment}`
      : `lacks it, unlike in ${where.environment}`;
    return [finding(field, { problem, fix: "let both have it" }, name)];
  });
}

type Both = readonly [Workload["containers"][string], Workload["containers"][string]];

function images(workload: Field, container: string, [here, there]: Both, { stage, environment }: Where): Finding[] {
  const field = workload.seenAt(`${workload.path} image`);
  if (there.image === undefined) return [];
  if (here.image === undefined) return [notDecided(field, container)];
  const same = stage === "production" ? sameImage(here.image, there.image) : undefined;
  if (same === true || (same ?? sameMajor(here.image, there.image)) !== false) return [];
  const problem = `is not the one that ${environment} runs`;
  return [
    finding(field, { problem, fix: `put the same up in ${environment}, then here`, value: here.image }, container),
  ];
}

function variables(workload: Field, container: string, [here, there]: Both, where: Where): Finding[] {
  const field = workload.seenAt(`${workload.path} env`);
  const lacks = (one: Both[number], other: Both[number]) =>
    other.variables.filter((name) => !one.variables.includes(name) && !matches(name, [...where.variables]));
  const [missing, more] = [lacks(here, there), lacks(there, here)];
  const fix = "give it in both, with a value for each, or name it under `variables` of env-parity";
  const told = (names: readonly string[], other: Both[number], how: string) => {
    if (names.length === 0) return [];
    if (other.open) return [notDecided(field, container)];
    return [finding(field, { problem: `${how} ${where.environment}: ${names.join(", ")}`, fix }, container)];
  };
  return [...told(missing, here, "lacks variables of"), ...told(more, there, "has variables that are not in")];
}
