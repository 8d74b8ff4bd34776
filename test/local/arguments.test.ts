import assert from "node:assert/strict";
import { readWish } from "../../local/arguments.ts";

describe("what npm start is asked for", () => {
  const [avnir, mapquiz] = ["avnir", "mapquiz"].map((name) => ({ name, folder: name, project: { name } }));
  const systems = [avnir!, mapquiz!];
  const read = (...argv: string[]) => readWish(argv, systems, {});

  it("is dev of avnir when nothing is said", () => {
    assert.deepEqual(read(), { system: avnir, environment: "dev", preview: false, context: undefined, edge: false });
  });

  it("takes system, environment and flags in any order", () => {
    const wish = { system: mapquiz, environment: "staging", preview: true, context: undefined, edge: false };
    assert.deepEqual(read("mapquiz", "staging", "--preview"), wish);
    assert.deepEqual(read("--preview", "staging", "mapquiz"), wish);
  });

  it("takes the names that people give their stages", () => {
    assert.equal(read("préprod").environment, "staging");
    assert.equal(read("prod").environment, "production");
  });

  it("takes a kube context from the flag or the variable", () => {
    assert.equal(read("--context", "kind-palier").context, "kind-palier");
    assert.equal(read("--context=k3d-x").context, "k3d-x");
    assert.equal(readWish([], systems, { PALIER_CONTEXT: "team" }).context, "team");
  });

  for (const word of ["stagin", "--preveiw", "pr-7", "-h"]) {
    it(`refuses "${word}" and says what is allowed`, () => {
      assert.throws(
        () => read(word),
        (error: Error) => {
          assert.match(error.message, new RegExp(`"${word}" is neither`));
          assert.match(error.message, /systems: avnir, mapquiz\n {2}environments: dev, staging, production/);
          return true;
        },
      );
    });
  }

  it("brings Traefik where it is asked to, and never onto a cluster of somebody's own", () => {
    assert.equal(read("mapquiz", "--edge").edge, true);
    assert.throws(
      () => read("--edge", "--context", "kind"),
      /"--edge" is for the embedded node, and a context was named/,
    );
  });

  it("refuses --context without a name", () => {
    assert.throws(() => read("--context"), /"--context" is given no name/);
  });
});
