import assert from "node:assert/strict";
import { countEvent, describeChanges, newTally, parseEvent } from "../../../local/stack/engine-events.ts";

const urn = (type: string, name: string) => `urn:pulumi:dev::avnir::${type}::${name}`;
const deployment = "palier:index:App$kubernetes:apps/v1:Deployment";
const done = (op: string, type: string, name: string, more = {}) => ({
  resOutputsEvent: { metadata: { op, urn: urn(type, name), type: type.split("$").at(-1)!, ...more } },
});

describe("the engine's events", () => {
  it("are read line by line, whatever else is printed", () => {
    assert.deepEqual(parseEvent('{"errorEvent":{"error":"x"}}'), { errorEvent: { error: "x" } });
    assert.equal(parseEvent("warning: something"), undefined);
    assert.equal(parseEvent('{"cut'), undefined);
  });

  it("show each resource as it gets done, with its kind and name", () => {
    const tally = newTally(2);
    assert.equal(countEvent(tally, done("create", deployment, "api")), "made Deployment api");
    assert.equal(countEvent(tally, done("same", deployment, "api")), undefined);
    assert.equal(tally.finished, 1);
  });

  it("count changes and leave out what stays", () => {
    const tally = newTally();
    countEvent(tally, { summaryEvent: { resourceChanges: { same: 40, create: 2, update: 1 } } });
    assert.equal(describeChanges(tally.changes), "2 made, 1 changed");
    assert.equal(tally.declared, 43);
    countEvent(tally, { summaryEvent: { resourceChanges: { same: 43, delete: 2 } } });
    assert.equal(tally.declared, 43);
    countEvent(tally, { summaryEvent: { resourceChanges: { same: 43 } } });
    assert.equal(describeChanges(tally.changes), "nothing changed");
  });

  it("notice that only the stack's outputs change", () => {
    const tally = newTally();
    const stack = "pulumi:pulumi:Stack";
    countEvent(
      tally,
      done("same", stack, "avnir-dev", { old: { outputs: { url: "a" } }, new: { outputs: { url: "a" } } }),
    );
    assert.equal(tally.otherOutputs, false);
    countEvent(
      tally,
      done("same", stack, "avnir-dev", { old: { outputs: { url: "a" } }, new: { outputs: { url: "b" } } }),
    );
    assert.equal(tally.otherOutputs, true);
  });

  it("keep a mandatory policy as a problem, an advisory one as advice, each once and with its resource", () => {
    const tally = newTally();
    const policy = { resourceUrn: urn(deployment, "api"), message: "use a digest", policyName: "by-digest" };
    for (let i = 0; i < 2; i++) countEvent(tally, { policyEvent: { ...policy, enforcementLevel: "mandatory" } });
    countEvent(tally, { policyEvent: { ...policy, enforcementLevel: "advisory" } });
    assert.deepEqual(tally.problems, ["Deployment api: by-digest: use a digest"]);
    assert.deepEqual(tally.advice, tally.problems);
  });
});
