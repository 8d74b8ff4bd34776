import assert from "node:assert/strict";
import type { Client } from "../../../local/plugins/kubernetes/api/client.ts";
import { awaiterOf } from "../../../local/plugins/kubernetes/await/awaiters.ts";
import { evaluate, parseJsonPath } from "../../../local/plugins/kubernetes/await/json-path.ts";
import { customAwaiter } from "../../../local/plugins/kubernetes/await/wait-for.ts";
import type { KubeObject } from "../../../local/plugins/kubernetes/model/object.ts";

const live: KubeObject = {
  apiVersion: "example.com/v1",
  kind: "Thing",
  metadata: { name: "a", annotations: { "a.b/c": "dotted" } },
  status: {
    phase: "Running",
    ready: 2,
    list: [
      { type: "A", status: "True" },
      { type: "B", status: "False" },
    ],
    conditions: [
      { type: "Ready", status: "True" },
      { type: "Stalled", status: "Unknown", message: "who knows" },
    ],
  },
};

function verdict(annotation: string) {
  return customAwaiter(annotation).verdict(live, undefined as unknown as Client) as { ready: boolean; waiting: string };
}

describe("kubernetes stand-in: waitFor", () => {
  const found: [string, unknown[]][] = [
    ["{.status.phase}", ["Running"]],
    [".status.phase", ["Running"]],
    ["{$.status.list[0].type}", ["A"]],
    ["{.status.list[-1].type}", ["B"]],
    ["{.status.list[*].type}", ["A", "B"]],
    ['{.status.list[?(@.type=="B")].status}', ["False"]],
    ["{.status['phase']}", ["Running"]],
    ["{.metadata.annotations['a.b/c']}", ["dotted"]],
    ["{.nowhere.at.all}", []],
  ];
  for (const [expression, values] of found) {
    it(`${expression} finds ${JSON.stringify(values)}`, () => {
      assert.deepEqual(evaluate(parseJsonPath(expression).path, live), values);
    });
  }

  it("an escaped dot belongs to the name", () => {
    assert.deepEqual(evaluate(parseJsonPath("{.a\\.b}").path, { "a.b": 1 }), [1]);
  });

  it("compares with a value, or asks for the field only", () => {
    assert.equal(verdict("jsonpath={.status.phase}=Running").ready, true);
    assert.equal(verdict('jsonpath={.status.phase}="Running"').ready, true);
    assert.equal(verdict("jsonpath={.status.ready}=2").ready, true);
    assert.equal(verdict('jsonpath={.status.list[?(@.type=="B")].status}=False').ready, true);
    assert.equal(verdict("jsonpath={.status.phase}").ready, true);
    assert.deepEqual(verdict("jsonpath={.status.phase}=Done").waiting, "{.status.phase}=Done (now Running)");
    assert.equal(verdict("jsonpath={.status.other}").ready, false);
  });

  it("asks for conditions, one or all of a list", () => {
    assert.equal(verdict("condition=Ready").ready, true);
    assert.equal(verdict("condition=Stalled=unknown").ready, true);
    assert.match(verdict("condition=Stalled").waiting, /Stalled=True \(now Unknown: who knows\)/);
    assert.equal(verdict('["condition=Ready", "jsonpath={.status.phase}=Running"]').ready, true);
    assert.equal(verdict('["condition=Ready", "condition=Absent"]').ready, false);
  });

  it("says what is wrong with an expression", () => {
    assert.throws(() => customAwaiter("Ready"), /expected a "jsonpath=" or "condition=" prefix, got "Ready"/);
    assert.throws(() => customAwaiter("[]"), /at least one condition/);
    assert.throws(() => customAwaiter("jsonpath={.a[}"), /is no JSONPath/);
    assert.throws(() => verdict("jsonpath={.status.list[*].type}"), /matches 2 values/);
  });

  it("comes before the kind's own rule, and after skipAwait", () => {
    const job = (annotations: Record<string, string>) =>
      awaiterOf({ ...live, apiVersion: "batch/v1", kind: "Job", metadata: { annotations } });
    assert.notEqual(job({}), undefined);
    assert.equal(job({ "pulumi.com/skipAwait": "true", "pulumi.com/waitFor": "condition=X" }), undefined);
    assert.notEqual(job({ "pulumi.com/skipAwait": "ready" }), undefined);
    assert.notEqual(job({ "pulumi.com/waitFor": "condition=X" }), job({}));
    assert.equal(awaiterOf({ ...live, kind: "Thing" }), undefined);
  });
});
