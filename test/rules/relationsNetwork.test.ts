import { deepEqual } from "node:assert/strict";
import { serviceAccountExists } from "../../core/rules/access/ownAccount.ts";
import { scaleTargetExists } from "../../core/rules/availability/autoscaling.ts";
import { undecided } from "../../core/rules/reading/field.ts";
import { routeBackends } from "../../core/rules/relations/routeTargets.ts";
import { statefulService } from "../../core/rules/relations/statefulService.ts";
import { manifest, withPod } from "./manifests.ts";
import { ingress, rule, scaler, stateful } from "./relationsNetwork.cases.ts";
import { judge } from "./table.ts";

describe("what is named and not known yet", () => {
  const levels = (...found: { level: string }[]) => found.map(({ level }) => level);
  const nameless = (kind: string, spec: object = {}) => manifest(kind, { spec }, { name: undecided });
  it("leaves an autoscaler's target open", () => {
    deepEqual(levels(...judge(scaleTargetExists, [scaler("api"), nameless("Deployment")])), ["undecided"]);
  });
  it("leaves an account open", () => {
    const pod = withPod({ serviceAccountName: "api" });
    deepEqual(levels(...judge(serviceAccountExists, [pod, nameless("ServiceAccount")])), ["undecided"]);
  });
  it("leaves a route's Service open", () => {
    deepEqual(levels(...judge(routeBackends, [ingress(rule("a.example")), nameless("Service")])), ["undecided"]);
  });
  it("leaves a StatefulSet's Service open", () => {
    deepEqual(levels(...judge(statefulService, [stateful({ serviceName: "db" }), nameless("Service")])), ["undecided"]);
  });
});
