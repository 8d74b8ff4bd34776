import { deepEqual, match } from "node:assert/strict";
import * as palier from "../../index.ts";
import { declared } from "../declared.ts";
import { sealedOf } from "../fuzz/words.ts";
import { refusedOf } from "./refusedOf.ts";

const image = `registry.example/api@sha256:${"a".repeat(64)}`;

const shop = (stack: string, args: palier.EnvironmentArgs) =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop", args);
    new palier.App("api", {
      environment,
      image,
      secrets: {
        JWT_SECRET: { generate: 64, rotate: "2026-11-01", overlap: "first" },
        STRIPE_SECRET_KEY: { external: { clusterStore: "vault", key: "shop/stripe", property: "secret-key" } },
        SMTP_PASSWORD: { sealed: sealedOf(40) },
        API_KEY: { existing: { name: "there-2026", key: "key" } },
      },
    });
  });

describe("the pack on a bounded environment and secrets from everywhere", () => {
  for (const stack of ["dev", "pr-12", "staging", "production"]) {
    it(`refuses nothing in ${stack} [DP-31 DP-34 P-03]`, async () => {
      const resources = await shop(stack, {
        quota: { cpu: "8", memory: "16Gi", storage: "100Gi", pods: 60 },
        containers: { mostMemory: "4Gi" },
        priorityClass: { name: "shop-first", value: 1000 },
      });
      deepEqual(refusedOf(stack, resources), []);
    });
  }

  it("refuses a quota that its own pods do not fit into", async () => {
    const [told, ...more] = refusedOf("production", await shop("production", { quota: { memory: "300Mi" } }));
    match(
      told!,
      /^pods-fit-the-quota: ResourceQuota "quota": spec\.hard\["(requests|limits)\.memory"\] = "300Mi" is less/,
    );
    match(told!, /at the fewest replicas, 512Mi \(Deployment "api" 512Mi\)\. Fix: allow more, or ask for less\.$/);
    deepEqual(more.length, 1);
  });
}).timeout(60_000);
