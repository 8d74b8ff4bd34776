import { deepEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { guards } from "../../../cli/explain/guards.ts";
import { Field } from "../../../core/rules/reading/field.ts";
import { kubernetesObjects } from "../../../core/rules/reading/kubernetesObject.ts";
import type { Stage } from "../../../core/stage.ts";
import * as palier from "../../../index.ts";
import { runExample } from "../../../local/componentPages/example.ts";
import { check } from "../../../policies/offline/check.ts";
import { rules } from "../../../policies/themes.ts";
import { type Manifest, render } from "../../../testing.ts";
import { images } from "../../avnir.ts";
import { cases as releases } from "../../rules/release.cases.ts";
import { judgeRelease } from "../../rules/releaseTable.ts";
import { type Bad, bad } from "./bad.ts";

interface Declared {
  readonly manifests: readonly Manifest[];
  readonly stage: Stage;
}

const root = join(import.meta.dirname, "../../..");

/** AVNIR in production shows what an App comes to, but for an edge, which it has not; the rest is shown by examples in staging. */
const declared = new Map<string, Promise<Declared>>();

function declaredOf(kind: string, argument: string): Promise<Declared> {
  const avnir = (kind === "App" || kind === "Environment") && !argument.startsWith("edge");
  const made = async (): Promise<Declared> =>
    avnir
      ? {
          manifests: (await render({ stack: "production", config: { "avnir:images": images } })).manifests,
          stage: "production",
        }
      : {
          manifests: (await runExample(root, kind[0]!.toLowerCase() + kind.slice(1))).rendered.manifests,
          stage: "staging",
        };
  const source = avnir ? "AVNIR" : kind;
  const known = declared.get(source) ?? made();
  declared.set(source, known);
  return known;
}

function changed(manifests: readonly Manifest[], fields: Bad["fields"]): Manifest[] {
  const copies = structuredClone(manifests) as Manifest[];
  for (const [field, value] of Object.entries(fields)) {
    const [, kind, name, path] = /^(\w+) (\S+): (.+)$/.exec(field)!;
    const found = copies.find((one) => one.kind === kind && one.metadata.name.replace(/-[0-9a-f]{8}$/, "") === name);
    ok(found, `${kind} ${name} is not declared`);
    const keys = path!.split(".");
    const last = keys.pop()!;
    const within = keys.reduce((at, key) => (at as Record<string, object>)[key]!, found as object);
    if (value === undefined) delete within[last as never];
    else Object.assign(within, { [last]: value });
  }
  return copies;
}

function spoken(manifests: readonly Manifest[], stage: Stage): string[] {
  const items = manifests.flatMap((one) => kubernetesObjects(one.kind, new Field(one)).map((object) => ({ object })));
  return check(rules, { items, stage, configuration: {} }).findings.map(({ rule }) => rule.id);
}

/** Rules of a release, and the configuration of which they speak in their plainest case. */
const aboutReleases = new Map(
  releases.map(({ rule, refuses }) => [rule.id, judgeRelease(rule, Object.values(refuses)[0]!)[0]!.field]),
);
const configured: Record<string, string> = { image: "shop:images.", featureFlags: "shop:featureFlags." };

const named = Object.entries(guards).flatMap(([kind, of]) =>
  Object.entries(of).flatMap(([argument, ids]) => ids.map((rule) => ({ kind, argument, rule }))),
);

describe("what explain says of guards", () => {
  for (const { kind, argument, rule } of named) {
    it(`holds: a bad ${argument} of ${kind} meets ${rule}`, async function () {
      this.timeout(60_000);
      const place = aboutReleases.get(rule);
      if (place !== undefined) return ok(place.startsWith(configured[argument]!), place);
      const one = bad[kind]?.find((one) => one.argument === argument && one.rule === rule);
      ok(one, "no bad value shows it");
      const { manifests, stage } = await declaredOf(kind, argument);
      ok(!spoken(changed(manifests, one.beside ?? {}), stage).includes(rule), "it speaks of what is good");
      ok(spoken(changed(manifests, { ...one.beside, ...one.fields }), stage).includes(rule));
    });
  }

  it("names components that there are", () => {
    deepEqual(
      Object.keys(guards).filter((kind) => !(kind in palier)),
      [],
    );
  });
});
