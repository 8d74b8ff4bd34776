import { deepEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { listen, type Told } from "../../core/told.ts";
import { argumentsOf, componentClasses } from "../../local/componentPages/tsdoc.ts";
import type { Value } from "../../render/declared.ts";
import { componentsOf } from "../../render/effective/components.ts";
import { declared } from "../declared.ts";

const root = join(import.meta.dirname, "../..");
const stacks = ["dev", "review", "staging", "production"];

/** Defaults that are no value: what is meant is said in words. */
const words =
  /^(the|it|what|none|configuration|image|nothing|nobody|every|no|as|a|of|those|that|whatever|one|memory|requests)\b/;

/** What an example leaves out, and the App's shows: they are completed by the same functions. */
const shownByApp: Record<string, RegExp> = {
  Worker: /^migrate\b/,
  CronTask: /^(migrate|secrets)\b/,
  Identity: /^(edge|scale|secrets)\b/,
};

/** What a comment says of one environment: `1 in dev and review, 2 in staging and production`. */
function saidOf(usual: string, stack: string): string[] {
  const held = usual.replace(/(;|, which).*$/, "");
  const parts = held.split(/(?<=\bin [a-z]+(?: and [a-z]+)*), /);
  const own = parts.find((part) => new RegExp(`\\bin .*\\b${stack}\\b`).test(part)) ?? held;
  const values = own.replace(/\bin [a-z ]+$/, "").split(/[\s,]+|\band\b/);
  const plain = values.map((value) => value.replaceAll(/["[\]]|`.*`/g, ""));
  return plain.filter((value) => !["", "cpu", "memory", "of"].includes(value));
}

/** What counts where the program says nothing: of a group of arguments, each of them. */
function countsIn(values: readonly Value[], path: string): string[] {
  const name = path.replace(/<\w+>/, "*");
  const own = values.filter(({ argument, origin }) => origin !== "argument" && isBelow(argument, name));
  return [...new Set(own.flatMap(({ value }) => value).map(String))];
}

function isGiven(values: readonly Value[], path: string): boolean {
  return values.some(({ argument, origin }) => argument === path && origin === "argument");
}

function isBelow(argument: string, path: string): boolean {
  const given = argument.split(".");
  return path.split(".").every((part, index) => part === "*" || part === given[index]);
}

const told: Told[] = [];
let run = 0;

/** What counts in the example's component of this class. */
async function valuesIn(kind: string, stack: string): Promise<readonly Value[]> {
  const example = `${kind[0]!.toLowerCase()}${kind.slice(1)}`;
  const secrets = { "avnir:STRIPE_SECRET_KEY": "sk_test_0123456789" };
  told.length = 0;
  // A module runs once for each address.
  await declared({ stack, secrets }, () => import(`../../docs/components/examples/${example}.ts?run=${run++}`));
  const components = await componentsOf(pulumi, told, { config: {}, secretKeys: [] });
  return components.find((one) => one.kind === kind)!.values;
}

describe("a default", () => {
  before(() => listen((what) => told.push(what)));

  for (const { name } of componentClasses(root).filter(({ name }) => name !== "Environment")) {
    it(`of ${name} is what its comment says`, async () => {
      const all = argumentsOf(root, `${name}Args`).filter(({ usual }) => usual !== undefined && !words.test(usual));
      const own = all.filter(({ path }) => !shownByApp[name]?.test(path));
      ok(own.length > 0);
      for (const stack of stacks) {
        const values = await valuesIn(name, stack === "review" ? "pr-7" : stack);
        const stated = own.filter(({ path }) => !isGiven(values, path));
        const counted = stated.map(({ path }) => [path, countsIn(values, path)]);
        deepEqual(
          counted,
          stated.map(({ path, usual }) => [path, saidOf(usual!, stack)]),
          stack,
        );
      }
    });
  }
});
