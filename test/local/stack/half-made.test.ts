import { deepEqual } from "node:assert/strict";
import { type Found, unknown } from "../../../local/stack/half-made.ts";

describe("what a killed engine left in the cluster", () => {
  const begin = new Date("2026-11-21T14:00:00Z");
  const made: Found = {
    kind: "Secret",
    namespace: "avnir-dev",
    name: "db-admin-1a2b3c4d",
    created: begin,
    managers: ["pulumi-kubernetes-0a1b2c3d", "kube-controller-manager"],
  };
  const namespace: Found = { ...made, kind: "Namespace", namespace: "", name: "avnir-dev" };

  it("is what an engine made since then and the state does not know, the namespace last", () => {
    deepEqual(unknown([namespace, made], [], { since: begin }), [made, namespace]);
  });

  it("is nothing that the state knows", () => {
    const known = [
      { type: "kubernetes:core/v1:Secret", id: "avnir-dev/db-admin-1a2b3c4d" },
      { type: "kubernetes:core/v1:Namespace", id: "avnir-dev" },
    ];
    deepEqual(unknown([made, namespace], known, { since: begin }), []);
    deepEqual(unknown([{ ...made, kind: "ConfigMap" }], known, { since: begin }).length, 1);
  });

  it("is nothing older, and nothing that another has made", () => {
    deepEqual(unknown([{ ...made, created: new Date("2026-11-21T13:59:59Z") }], [], { since: begin }), []);
    const until = new Date(begin.getTime() + 60_000);
    deepEqual(unknown([{ ...made, created: new Date(until.getTime() + 1000) }], [], { since: begin, until }), []);
    deepEqual(
      unknown([{ ...made, managers: ["kube-controller-manager", "kubectl-create"] }], [], { since: begin }),
      [],
    );
  });
});
