import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { AvnirTrial } from "./avnir-trial.ts";
import { describeOnNode } from "./machine.ts";

const policies = resolve(import.meta.dirname, "../../policies");
const environments = { development: "dev", preview: "staging", prod: "production" } as const;

describeOnNode("a preview of AVNIR, the pack on", (machine) => {
  const api = `${machine.registry}/avnir/api@sha256:${"a".repeat(64)}`;
  const images = { postgres: machine.images.postgres, redis: machine.images.redis, api };

  for (const [stack, stage] of Object.entries(environments)) {
    it(`finds nothing to refuse in ${stage} [P-01 P-02 P-03 P-16]`, async () => {
      const trial = new AvnirTrial(machine, stack);
      try {
        await trial.init(stage, { config: { "avnir:images": images } });
        const output = await trial.good("preview", "--policy-pack", policies, "--stack", stack);
        assert.match(output, /palier@v/);
        assert.match(output, /\+ 4\d to create/);
        assert.ok(!/mandatory|sk_(test|live)_/.test(output), output);
        assert.deepEqual(
          advised(output).filter((policy) => !expected.has(policy)),
          [],
          output,
        );
      } finally {
        trial.project.remove();
      }
    });
  }

  it("needs no cluster: CI has none", async () => {
    const trial = new AvnirTrial(machine, "stage");
    try {
      const kubeconfig = join(trial.project.folder, "kubeconfig");
      const cluster = { server: "https://127.0.0.1:1" };
      const context = { cluster: "none", user: "nobody" };
      const nowhere = {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "none", cluster }],
        users: [{ name: "nobody", user: {} }],
        contexts: [{ name: "none", context }],
      };
      trial.project.write("kubeconfig", stringify(nowhere));
      const config = { "avnir:images": images, "palier:kubeconfig": kubeconfig, "palier:context": "none" };
      await trial.init("staging", { config });
      const output = await trial.good("preview", "--policy-pack", policies, "--stack", trial.stack);
      assert.match(output, /palier@v/);
      assert.match(output, /\+ 4\d to create/);
    } finally {
      trial.project.remove();
    }
  });
});

/** What is generated isn't known yet, nothing is on record of this trial, AVNIR has no backups yet, and the node no monitors. */
const expected = new Set([
  "decided-at-up",
  "secrets-compared",
  "deploy-window",
  "release-is-recorded",
  "database-is-backed-up",
  "restore-is-drilled",
  "app-is-monitored",
]);

/** The policies that advise, each as often as it does. */
function advised(output: string): string[] {
  return [...output.matchAll(/\[advisory\].*?([\w-]+) {2}\(/g)].map((match) => match[1]!);
}
