import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";
import { objectsOfApp, system } from "../../bench/policy-speed/objects.ts";
import { medians, pairs } from "../../bench/policy-speed/pairs.ts";
import { preview } from "../../bench/policy-speed/preview.ts";
import { requestsOf } from "../../bench/policy-speed/requests.ts";

describe("the bench of the policies", () => {
  const manifests = system(40);

  it("makes as many objects as asked, each once, and Deployments with 60 variables", () => {
    equal(system(2000).length, 2000);
    const identities = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    equal(new Set(identities).size, 40);
    equal(new Set(manifests.map(({ kind }) => kind)).size, objectsOfApp - 1, "two of them are network policies");
    const variables = /"env":(\[.*?\]),"readinessProbe"/.exec(JSON.stringify(manifests))?.[1];
    equal(JSON.parse(variables!).length, 60);
  });

  it("makes objects that refer to each other", () => {
    const text = JSON.stringify(manifests);
    const named = [...text.matchAll(/(?:configMapKeyRef|secretKeyRef|scaleTargetRef)":\{[^}]*"name":"([\w-]+)"/g)];
    const names = new Set(manifests.map(({ metadata }) => metadata.name));
    ok(named.length > 20);
    deepEqual(
      named.map(([, name]) => name!).filter((name) => !names.has(name)),
      [],
    );
  });

  it("drives a pack in its own process as the engine does, and takes medians pair by pair", async () => {
    const requests = requestsOf(manifests);
    equal(requests.resources.length, 41);
    const one = await preview(join(import.meta.dirname, "../../policies"), requests);
    ok(one.diagnostics > 0, "one of the apps is careless");
    const half = { ...one, peakBytes: one.peakBytes / 2 };
    const measured = await pairs(
      3,
      async () => one,
      async () => half,
    );
    equal(medians(measured, ({ peakBytes }) => peakBytes).ratio, 2);
  });
}).timeout(60_000);
