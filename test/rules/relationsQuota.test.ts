import { deepEqual } from "node:assert/strict";
import { fitsQuota } from "../../core/rules/relations/quota.ts";
import { asRollout, manifest } from "./manifests.ts";
import { api, db, job, quota } from "./relationsQuota.cases.ts";
import { judge } from "./table.ts";

const scaler = manifest("HorizontalPodAutoscaler", {
  spec: { scaleTargetRef: { kind: "Deployment", name: "api" }, minReplicas: 2, maxReplicas: 10 },
});
const rollout = (cpu: string, strategy: object) => asRollout(api(cpu), strategy);
const told = (...stack: Parameters<typeof judge>[1][]) =>
  judge(fitsQuota, stack as never).map(({ level, field, value, problem }) => ({ level, field, value, problem }));

describe("a quota", () => {
  it("that the fewest pods are too many for is refused, with what each asks for", () =>
    deepEqual(told(quota({ "requests.memory": "2Gi" }), api("100m"), db), [
      {
        level: "mandatory",
        field: 'spec.hard["requests.memory"]',
        value: "2Gi",
        problem:
          'is less than what is asked for at the fewest replicas, 2560Mi (Deployment "api" 512Mi, StatefulSet "db" 2048Mi)',
      },
    ]));

  for (const [what, stack, parts] of [
    ["the last replicas", [api("100m"), scaler], '1.1 (Deployment "api" 1.1)'],
    ["a rollout", [api("400m")], '1.2 (Deployment "api" 1.2)'],
    ["a Rollout of one pod at a time", [rollout("400m", { canary: { maxSurge: 1 } })], '1.2 (Rollout "api" 1.2)'],
    ["two sets of pods", [rollout("300m", { blueGreen: {} })], '1.2 (Rollout "api" 1.2)'],
    ["a canary's whole set", [rollout("300m", { canary: { trafficRouting: {} } })], '1.2 (Rollout "api" 1.2)'],
    ["a Job beside", [api("250m"), job], '1.25 (Deployment "api" 0.75, Job "migrate" 0.5)'],
  ] as const) {
    it(`that ${what} would go beyond is advised against`, () =>
      deepEqual(told(quota({ cpu: "1" }), ...stack), [
        {
          level: "advisory",
          field: "spec.hard.cpu",
          value: "1",
          problem: `is less than what is asked for at the most, by rollouts and Jobs too, ${parts}`,
        },
      ]));
  }

  it("is left open while something is not known of the pods", () =>
    deepEqual(
      judge(fitsQuota, [quota({ cpu: "1" }), api("100m", { replicas: Symbol("later") })]).map(({ level }) => level),
      ["undecided"],
    ));
});
