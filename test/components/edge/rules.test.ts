import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { images } from "../../avnir.ts";
import { declared } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf } from "../../policies/refusedOf.ts";
import { usual } from "./everything.ts";

/** Rules about the edge that are asked for by name. */
const asked = ["security-headers", "rate-limit-required", "certificate-bounds", "pods-are-isolated", "no-node-port"];

const apps = (
  edges: Record<string, palier.EdgeArgs>,
  controller: palier.EdgeControllerArgs,
  rollout?: palier.RolloutArgs,
) =>
  declared({ stack: "production", config: { "palier:edge": JSON.stringify(controller) } }, () => {
    const environment = new palier.Environment("avnir");
    for (const [name, edge] of Object.entries(edges)) {
      new palier.App(name, { environment, image: images.api, health: { verify: "/api/health" }, rollout, edge });
    }
  });

describe("the rules, on an app's edge", () => {
  const { headers: _, ...plain } = usual;
  for (const controller of [
    { family: "traefik" },
    { family: "traefik", api: "gateway" },
    { family: "haproxy" },
    { family: "envoy" },
  ]) {
    it(`find nothing to refuse: ${Object.values(controller).join(", ")} [P-01 P-18 P-39 P-40]`, async () => {
      const resources = await apps({ api: plain }, controller);
      assert.deepEqual(resources.flatMap(schemaErrors), []);
      assert.deepEqual(refusedOf("production", resources, asked), []);
    });

    if (controller.family !== "haproxy") {
      it(`find nothing to refuse in one that waits at a share: ${Object.values(controller).join(", ")}`, async () => {
        const phase = { image: images.api.replace(/:[0-9a-f]{8}/, ":9a9a9a9a"), weight: 10 };
        const resources = await apps({ api: plain }, controller, { canary: { phase } });
        assert.ok(resources.some(({ name }) => name === "api-9a9a9a9a"));
        assert.deepEqual(refusedOf("production", resources, asked), []);
      }).timeout(60_000);

      it(`find nothing to refuse in a canary: ${Object.values(controller).join(", ")}`, async () => {
        const resources = await apps({ api: plain }, controller, { canary: {} });
        assert.deepEqual(refusedOf("production", resources, asked), []);
        const both = refusedOf("production", await apps({ api: plain, web: plain }, controller, { canary: {} }));
        assert.ok(
          both.some((one) => /^route-is-the-only-one: .*is taken by \w+ "api-edge" too/.test(one)),
          both.join("\n"),
        );
      });
    }

    it(`refuse two apps that claim one host and path: ${Object.values(controller).join(", ")}`, async () => {
      const found = refusedOf("production", await apps({ api: plain, web: plain }, controller));
      assert.ok(
        found.some((one) => /^route-is-the-only-one: .*is taken by \w+ "api-edge" too/.test(one)),
        found.join("\n"),
      );
    });
  }
});
