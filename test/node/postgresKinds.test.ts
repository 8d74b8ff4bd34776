import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { owned } from "../../components/postgres/cluster/owned.ts";
import { samples } from "../components/postgres/cluster/samples.ts";
import type { Declared } from "../declared.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import { files, operators, ownedByOperator, usedSchema } from "./postgres/definitions.ts";

const run = promisify(execFile);
const schemaFile = new URL("../fuzz/cnpg.schema.json", import.meta.url);

describeOnNode("the kinds that a Postgres of several servers is made of, by their own definitions", function (machine) {
  this.timeout("8m");
  const made: string[] = [];
  let objects: Declared[];

  before(async () => {
    const present = await kubectl(machine, "get", "crd", "-o", "name");
    for (const file of files()) {
      const name = (await kubectl(machine, "create", "--dry-run=client", "-o", "name", "-f", file)).trim();
      if (present.includes(name)) continue;
      await kubectl(machine, "create", "-f", file);
      made.push(name);
    }
    if (made.length > 0) await kubectl(machine, "wait", "--for=condition=Established", ...made, "--timeout=60s");
    objects = await samples();
  });

  after(async () => {
    if (made.length > 0) await kubectl(machine, "delete", ...made, "--wait=false");
  });

  /** What the API server says of an object that it is not to keep. */
  async function tried({ metadata, ...rest }: Declared["inputs"]): Promise<string> {
    const object = { ...rest, metadata: { ...metadata, name: `tried-${metadata.name}`, namespace: "default" } };
    const create = ["create", "--dry-run=server", "--validate=strict", "-f", "-"];
    const running = run(machine.kubectl, ["--kubeconfig", machine.kubeconfig, ...create]);
    running.child.stdin!.end(JSON.stringify(object));
    return running.then(
      () => "",
      ({ stderr }) => stderr,
    );
  }

  for (const [who, { groups, module }] of Object.entries(operators)) {
    it(`${who} (${module.split("@")[1]}): the API server takes every object, and none with a field too many [YO-44 MP-48]`, async () => {
      const own = objects.filter(({ type }) => groups.some((group) => type.startsWith(`kubernetes:${group}/`)));
      ok(own.length > 0);
      for (const { inputs } of own) equal(await tried(inputs), "", JSON.stringify(inputs));
      const [{ inputs }] = own as [Declared];
      match(await tried({ ...inputs, spec: { ...inputs.spec, certain: "no" } }), /unknown field "spec.certain"/);
    });
  }

  it("are checked by what their definitions say of what is declared", () => {
    const schema = usedSchema(objects);
    if (process.env["PALIER_UPDATE"]) writeFileSync(schemaFile, schema);
    equal(readFileSync(schemaFile, "utf8"), schema);
  });

  it("have the parameters that the operator keeps for itself", () => {
    deepEqual([...owned].sort(), ownedByOperator());
  });
});
