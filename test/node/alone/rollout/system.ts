// A system as a stack of the rollout test declares it: AVNIR's parts, and knobs that AVNIR has no use for.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";

const knobs = new pulumi.Config("rollout");
const images = new pulumi.Config("avnir").requireObject<{ postgres: string; redis: string; api: string }>("images");
const environment = new palier.Environment("avnir");
const db = new palier.Postgres("db", { environment, image: images.postgres, databases: { rollout: {} } });
const cache = new palier.Redis("cache", { environment, image: images.redis, purpose: "cache" });

/** Takes out what keeps requests safe: the wait before the end, and the question whether a pod is ready. */
const unprotected: palier.AppOverrides["deployment"] = (spec) => {
  const { template } = spec as unknown as { template: { spec: { containers: Record<string, unknown>[] } } };
  for (const container of template.spec.containers) {
    for (const key of ["readinessProbe", "startupProbe", "lifecycle"]) delete container[key];
  }
  return spec;
};

new palier.App(
  "api",
  {
    environment,
    image: images.api,
    links: { DATABASE_URL: db.links["rollout"]!, REDIS_URL: cache.link },
    secrets: { JWT_SECRET: { generate: 64 } },
    variables: knobs.getBoolean("unprotected")
      ? { DRAIN_SECONDS: "0", START_DELAY_SECONDS: "2" }
      : { START_DELAY_SECONDS: "2" },
    health: { live: "/live", ready: "/ready", verify: "/api/health" },
    migrate: { command: ["node", "migrate.ts", "up"], deadlineSeconds: 20 },
    scale: { min: 2, max: 2 },
    progressDeadlineSeconds: 20,
    nodePort: knobs.requireNumber("nodePort"),
  },
  knobs.getBoolean("unprotected") ? { overrides: { deployment: unprotected } } : {},
);
