import { deepEqual, equal, ok } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Declared } from "../declared.ts";
import { type Input, inputOf, type Subject, subjects, whole } from "../fuzz/inputs.ts";
import { isOperators, schemaFile } from "../fuzz/kubernetesSchema.ts";
import { outcomeOf } from "../fuzz/outcome.ts";
import { tried } from "../fuzz/tally.ts";
import { kinds, trimmedSchema } from "../fuzz/trimmedSchema.ts";
import { isWhole, record } from "../proof.ts";
import { temporaryFolder } from "../temporary.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode, type Machine } from "./machine.ts";

const namespace = "fuzz";

/** The short form tries every so many-th input; the whole one has 200 that give objects. */
const sample = isWhole("fuzz") ? { count: 200, every: 10 } : { count: 20, every: 100 };

describeOnNode("objects that components declare", function (machine) {
  this.timeout("30m");

  if (isWhole("fuzz")) for (const what of subjects) itGivesObjectsOrOneError(what);

  describe("before the real API server", () => {
    before(() => kubectl(machine, "create", "namespace", namespace));
    after(() => kubectl(machine, "delete", "namespace", namespace, "--wait=false"));

    it("are checked by the schema that it has itself", async () => {
      const told = Object.keys(kinds).map(async (path) => [
        path,
        JSON.parse(await kubectl(machine, "get", "--raw", `/openapi/v3/${path}`)),
      ]);
      const schema = trimmedSchema(Object.fromEntries(await Promise.all(told)));
      if (process.env["PALIER_UPDATE"]) writeFileSync(schemaFile, schema);
      equal(readFileSync(schemaFile, "utf8"), schema);
    });

    it(`are taken by it: those of ${sample.count} stack files and arguments, by its dry run `, async () => {
      const since = Date.now();
      const refused: string[] = [];
      let objects = 0;
      let inputs = 0;
      for (const input of sampled()) {
        if (inputs === sample.count) break;
        const outcome = await outcomeOf(input);
        if ("error" in outcome) continue;
        const manifests = outcome.declared.filter(isKubernetes).map((object) => placed(object, machine, objects++));
        if (manifests.length === 0) continue; // all of it is for an operator, which is not here
        refused.push(...(await dryRun(machine, manifests)).map((said) => `${input.what} ${input.number}: ${said}`));
        inputs++;
      }
      deepEqual(refused, []);
      equal(inputs, sample.count);
      const seconds = Math.round((Date.now() - since) / 1000);
      record("Dry run by the API server", { inputs, objects, refused: refused.length, seconds });
    });
  });
});

function itGivesObjectsOrOneError(what: Subject): void {
  it(`are valid, or there is one error with a path, and never a secret: ${whole[what]} of ${what} [DP-31]`, async () => {
    const { valid, refused, objects, kinds, seconds, faults } = await tried(what, whole[what]);
    deepEqual(faults, []);
    ok(Math.min(valid, refused) >= 0.25 * whole[what], `${valid} gave objects, ${refused} were refused`);
    const columns = { of: what, inputs: whole[what], valid, refused, objects, kinds: kinds.join(", "), seconds };
    record("Stack files and arguments of any kind", columns);
  });
}

function* sampled(): Generator<Input> {
  const most = Math.max(...Object.values(whole));
  for (let number = 0; number < most; number += sample.every) {
    for (const what of subjects) if (number < whole[what]) yield inputOf(what, number);
  }
}

function isKubernetes(declared: Declared): boolean {
  return declared.type.startsWith("kubernetes:") && !isOperators(declared);
}

/** In the namespace that there is; on a port of the node that it lets Services have. */
function placed({ type, inputs }: Declared, { nodePortFirst }: Machine, number: number): object {
  // Other tests may have made the one of this name.
  const own = `fuzz-${inputs.metadata.name}`.slice(0, 55);
  if (/:(Namespace|PriorityClass)$/.test(type))
    return { ...inputs, metadata: { ...inputs.metadata, name: `${own}-${number}` } };
  const manifest = { ...inputs, metadata: { ...inputs.metadata, namespace } };
  if (inputs.spec?.type !== "NodePort") return manifest;
  const nodePort = nodePortFirst + 10 + (number % 80);
  return {
    ...manifest,
    spec: { ...inputs.spec, ports: inputs.spec.ports.map((port: object) => ({ ...port, nodePort })) },
  };
}

/** What the server says of those that it does not take. */
async function dryRun(machine: Machine, items: object[]): Promise<string[]> {
  const file = join(temporaryFolder("fuzz"), "objects.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  try {
    await kubectl(machine, "create", "--dry-run=server", "--validate=strict", "--output", "name", "--filename", file);
    return [];
  } catch (error) {
    const said = (error as { stderr: string }).stderr.trim().split("\n");
    // This test has chosen the port, and another test may have it just now.
    return said.filter((line) => !line.includes("provided port is already allocated"));
  }
}
