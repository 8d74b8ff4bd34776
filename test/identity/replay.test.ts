import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "../../local/plugins/kubernetes/diff.ts";
import { avnir } from "../avnir.ts";
import type { Declared } from "../declared.ts";

/** A landing's own file, written with PALIER_UPDATE=landing before it is published. */
const landed = (stack: string) => join(import.meta.dirname, "landed", `avnir.${stack}.json`);

/** Made anew by design: a Job runs once for its content, and what is mounted under a name of its content is kept for the old pods. */
const anew = (inputs: Declared["inputs"]) =>
  inputs.kind === "Job" || (inputs.immutable === true && /^(Secret|ConfigMap)$/.test(inputs.kind));

/** What an `up` with today's code would do to a system that the last landing has made, by the provider's own table of fields. */
describe("a system that the last landing has made", () => {
  for (const stack of ["dev", "production"]) {
    it(`loses no object and gets none anew in ${stack}`, async () => {
      const now = await avnir(stack);
      if (process.env["PALIER_UPDATE"] === "landing") writeFileSync(landed(stack), `${JSON.stringify(now, null, 1)}\n`);
      const before: Declared[] = JSON.parse(readFileSync(landed(stack), "utf8"));
      const replaced = before.flatMap((old) =>
        changes(
          old,
          now.find(({ type, name }) => type === old.type && name === old.name),
        ),
      );
      assert.deepEqual(replaced, []);
    });
  }

  it("is seen to get one anew, when a field changes that can't be changed in place", async () => {
    const old = (await avnir("dev")).find((one) => one.name === "db" && one.inputs.kind === "StatefulSet")!;
    const now = structuredClone(old);
    now.inputs.spec.serviceName = "another";
    assert.deepEqual(changes(old, now), ["kubernetes:apps/v1:StatefulSet :: db: spec.serviceName updateReplace"]);
    assert.deepEqual(changes(old, undefined), ["kubernetes:apps/v1:StatefulSet :: db: is gone"]);
  });

  it("is seen to get another secret, when it is generated otherwise", async () => {
    const old = (await avnir("dev")).find(({ type }) => type.startsWith("random:"))!;
    const now = structuredClone(old);
    now.inputs.length += 1;
    assert.deepEqual(changes(old, now), [`${old.type} :: ${old.name}: inputs changed`]);
  });
});

function changes(old: Declared, now: Declared | undefined): string[] {
  const path = `${old.type} :: ${old.name}`;
  if (!now) return [`${path}: is gone`];
  if (!old.type.startsWith("kubernetes:"))
    return isGenerated(old) && differs(old, now) ? [`${path}: inputs changed`] : [];
  if (anew(now.inputs)) return [];
  const mutable = { enableSecretMutable: false, enableConfigMapMutable: true };
  const diff = compare({ type: old.type, olds: old.inputs, news: now.inputs, ignoreChanges: [] }, true, mutable);
  return Object.entries(diff.detailed ?? {}).flatMap(([field, kind]) =>
    kind.endsWith("Replace") ? [`${path}: ${field} ${kind}`] : [],
  );
}

/** Any change of what they are made from is another secret or certificate. */
function isGenerated({ type }: Declared): boolean {
  return /^(random|tls):/.test(type);
}

function differs(old: Declared, now: Declared): boolean {
  return JSON.stringify(old.inputs) !== JSON.stringify(now.inputs);
}
