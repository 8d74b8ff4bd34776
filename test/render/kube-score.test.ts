import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { kubeScore, kubeScoreVersion } from "../../bench/kubeScore.ts";
import { render } from "../../render/render.ts";
import { configOf } from "../avnir.ts";
import { stores } from "../identity/stores.ts";
import { temporaryFolder } from "../temporary.ts";

interface Scored {
  checks: { check: { id: string }; grade: number; skipped: boolean }[];
}

/** What kube-score asks for and Palier does otherwise: each with its reason. No object is annotated to be let off. */
const otherwise: Record<string, string> = {
  "container-resources": "a CPU limit only throttles: CPU can be taken back from a pod, memory can't and has one",
  "container-image-pull-policy":
    "images stand by digest, so that pulling again gives the same; what is there starts without the registry",
  "container-security-context-user-group-id":
    "uid 1000 and the official images' own: their files belong to them; never root, in a user's own pod",
  "container-ephemeral-storage-request-and-limit":
    "the root is read-only, each writable folder has a size, and kubelet rotates logs",
  "deployment-has-host-podantiaffinity":
    "replicas are spread over nodes by topology constraints, which also hold with more replicas than nodes",
  "pod-probes-identical": "a database that does not answer is restarted and gets no traffic for the same reason",
  "statefulset-has-servicename": "one replica is reached by the Service's own name: nobody asks for a pod's",
};

/** The same of what AVNIR does not have. */
const otherwiseOfStores: Record<string, string> = {
  "statefulset-has-host-podantiaffinity": "servers of a failover are spread over nodes by topology constraints too",
  "service-targets-pod":
    "each server of a failover has a Service of its own, by a label that its StatefulSet gives the pod once it is there",
  "deployment-replicas": "dev has one replica",
  "deployment-targeted-by-hpa-does-not-have-replicas-configured":
    "the count is the first update's: later ones leave it to the autoscaler by `ignoreChanges`, which is no part of the object",
};

describe(`kube-score ${kubeScoreVersion}`, function score() {
  this.timeout("10m");
  let program: string;

  before("go install", () => {
    program = kubeScore(temporaryFolder("kube-score"));
  });

  for (const stack of ["staging", "production"]) {
    it(`finds nothing in ${stack} of AVNIR but what Palier does otherwise, for a reason`, async () => {
      const found = await findings(stack);
      assert.deepEqual(
        [...found].filter((id) => !(id in otherwise)),
        [],
      );
      const unneeded = Object.keys(otherwise).filter((id) => !found.has(id));
      assert.deepEqual(unneeded, [], "a reason for what is not found any more");
    });
  }

  for (const stack of ["dev", "production"]) {
    it(`finds nothing else in every other store, in ${stack}`, async () => {
      const objects = (await stores(stack)).filter(({ type }) => type.startsWith("kubernetes:"));
      const found = scored(objects.map(({ inputs }) => JSON.stringify(inputs)).join("\n---\n"));
      assert.ok(found.has("pod-probes-identical"), "it has seen them");
      assert.deepEqual(
        [...found].filter((id) => !(id in otherwise) && !(id in otherwiseOfStores)),
        [],
      );
    });
  }

  it("is seen to find what is careless", () => {
    const careless =
      "apiVersion: v1\nkind: Pod\nmetadata: { name: one }\nspec: { containers: [{ name: one, image: one:latest }] }\n";
    assert.ok(scored(careless).has("container-image-tag"));
  });

  async function findings(stack: string): Promise<Set<string>> {
    const secrets = { "avnir:STRIPE_SECRET_KEY": "sk_test_0123456789" };
    const rendered = await render({
      project: join(import.meta.dirname, "../.."),
      stack,
      config: configOf(stack),
      secrets,
    });
    return scored(rendered.yaml());
  }

  function scored(yaml: string): Set<string> {
    const options = { input: yaml, encoding: "utf8" as const, maxBuffer: 64 << 20 };
    const { stdout } = spawnSync(program, ["score", "--output-format", "json", "-"], options);
    const objects: Scored[] = JSON.parse(stdout);
    const failed = objects.flatMap(({ checks }) => checks.filter(({ grade, skipped }) => !skipped && grade < 10));
    return new Set(failed.map(({ check }) => check.id));
  }
});
