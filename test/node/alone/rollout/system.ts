// A system as a stack of the rollout test declares it: AVNIR's parts, and knobs that AVNIR has no use for.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";
import type { Knobs } from "./knobs.ts";

const knobs = new pulumi.Config("rollout").requireObject<Knobs>("knobs");
const images = new pulumi.Config("avnir").requireObject<{ postgres: string; redis: string }>("images");
const environment = new palier.Environment("avnir");
const db = new palier.Postgres("db", { environment, image: images.postgres, databases: { rollout: {} } });
const cache = new palier.Redis("cache", { environment, image: images.redis, purpose: "cache" });

type Change = NonNullable<palier.AppOverrides["deployment"]>;

const without: Record<NonNullable<Knobs["without"]>, Change> = {
  probes(spec) {
    const { template } = spec as unknown as { template: { spec: { containers: Record<string, unknown>[] } } };
    for (const container of template.spec.containers) {
      for (const probe of ["readinessProbe", "startupProbe"]) delete container[probe];
    }
    return spec;
  },
  surge: (spec) => ({ ...spec, strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "100%" } } }),
};

const smokeTest = `const { SERVICE_NAME, PORT } = process.env;
fetch("http://" + SERVICE_NAME + ":" + PORT).then(({ ok }) => {
  if (!ok) process.exit(1);
  ${knobs.smoke === "fails" ? 'console.error("the smoke test has found smoke"); process.exit(3);' : ""}
});`;
const command = knobs.smoke === "missing" ? ["no-such-smoke-test"] : ["node", "-e", smokeTest];
const smoke = { command, deadlineSeconds: 60 };

const { secretLength, rotate, overlap, existing } = knobs;
const secret = existing
  ? { existing: { name: existing, key: "JWT_SECRET" } }
  : { generate: secretLength, rotate, overlap };

new palier.App(
  "api",
  {
    environment,
    image: knobs.image,
    links: { DATABASE_URL: { ...db.links["rollout"]!, rotate: knobs.rotateDatabase }, REDIS_URL: cache.link },
    secrets: { JWT_SECRET: secret },
    variables: {
      GREETING: knobs.greeting,
      START_DELAY_SECONDS: String(knobs.startDelay),
      DRAIN_SECONDS: String(knobs.drain),
      CONNECTION_SECONDS: String(knobs.connectionSeconds),
    },
    featureFlags: knobs.flags,
    health: { live: "/live", ready: "/ready", verify: "/api/health", ...knobs.health },
    afterRelease: knobs.smoke && { smoke },
    migrate: { command: ["node", "migrate.ts", "up"], deadlineSeconds: knobs.progressDeadlineSeconds },
    scale: knobs.scale,
    shutdown: knobs.shutdown,
    minReadySeconds: knobs.minReadySeconds,
    progressDeadlineSeconds: knobs.progressDeadlineSeconds,
    nodePort: knobs.nodePort,
  },
  knobs.without ? { overrides: { deployment: without[knobs.without] } } : {},
);
