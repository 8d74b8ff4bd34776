import { deepEqual, equal, match, throws } from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { RuleViolation, refuse } from "../../core/rules/refuse.ts";
import { image } from "./manifests.ts";

const deployment = (container: object) => ({
  kind: "Deployment",
  args: {
    metadata: { name: "api" },
    spec: { template: { spec: { containers: [{ name: "api", image, ...container }] } } },
  },
});

describe("what components refuse by themselves", () => {
  it("throws all findings at once, without the pack [P-01 P-02 P-03 P-16]", () => {
    const bad = deployment({
      image: "api:latest",
      env: [
        { name: "CORS_ORIGIN", value: "*" },
        { name: "DEBUG", value: "1" },
        { name: "DB_PASSWORD", value: "hunter2" },
      ],
    });
    throws(
      () => refuse({ stage: "production" }, [bad]),
      (error: unknown) => {
        const rules = ["no-open-cors", "no-debug-in-production", "no-plaintext-secrets", "immutable-image-tag"];
        deepEqual(
          (error as RuleViolation).findings.map(({ rule }) => rule),
          rules,
        );
        match((error as RuleViolation).message, /^no-open-cors: Deployment "api", container "api": .*\nno-debug/);
        return error instanceof RuleViolation && !/hunter2/.test(error.message);
      },
    );
  });

  it("sees the ConfigMap that is planned with its reader [P-01]", () => {
    const env = [{ name: "CORS_ORIGIN", valueFrom: { configMapKeyRef: { name: "settings", key: "x" } } }];
    const settings = { kind: "ConfigMap", args: { metadata: { name: "settings" }, data: { x: "*" } } };
    throws(() => refuse({ stage: "staging" }, [deployment({ env }), settings]), /no-open-cors/);
  });

  it("leaves Outputs to whoever sees their value, and refuses what is plain beside them [P-01 P-16]", () => {
    const late = deployment({ image: output("api:latest"), env: output([{ name: "CORS_ORIGIN", value: "*" }]) });
    equal(refuse({ stage: "production" }, [late]), undefined);
    const mixed = deployment({ image: output("api:latest"), env: [output({}), { name: "DEBUG", value: "1" }] });
    throws(() => refuse({ stage: "production" }, [mixed]), /^RuleViolation: no-debug-in-production: /);
    equal(refuse({ stage: "production" }, [{ kind: "Deployment", args: output({}) }]), undefined);
  });

  it("refuses only what the environment forbids [P-01 P-02]", () => {
    const env = [
      { name: "CORS_ORIGIN", value: "*" },
      { name: "DEBUG", value: "1" },
    ];
    equal(refuse({ stage: "dev" }, [deployment({ env, image: "api:1.2" })]), undefined);
  });
});
