// One app, of the image and by the strategy that the test wants.
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";

const config = new pulumi.Config("release");
// What the test of it takes away: without it, nobody puts back what was cut off.
if (config.get("without") === "record") {
  pulumi.runtime.registerStackTransformation(({ name, props, opts }) =>
    name === "api-release" ? { props, opts: { ...opts, hooks: undefined } } : undefined,
  );
}

const edge = config.getObject<palier.EdgeControllerArgs>("edge");
const environment = new palier.Environment("avnir", { edge });
const secret = config.get("secret");
const migrationSeconds = config.getNumber("migrationSeconds");

new palier.App("api", {
  environment,
  image: config.require("image"),
  rollout: config.requireObject<palier.RolloutArgs>("rollout"),
  health: { startSeconds: 10, live: "/live", ready: "/ready", verify: "/api/health" },
  scale: config.getBoolean("fixed") ? { min: 2, max: 2 } : { min: 2, max: 4, cpuPercent: 90 },
  progressDeadlineSeconds: 20,
  shutdown: { preStopSeconds: 4, drainSeconds: 6 },
  nodePort: config.getNumber("nodePort"),
  edge: edge && { host: config.require("host"), ...(secret && { tls: { secret } }) },
  ...(migrationSeconds
    ? {
        migrate: {
          command: ["node", "-e", `setTimeout(() => {}, ${migrationSeconds} * 1000)`],
          rollback: "restore",
          phase: config.get("phase"),
        },
      }
    : {}),
});

if (config.getBoolean("unrelated")) {
  const metadata = { namespace: environment.namespace, name: "no name of an object" };
  new k8s.core.v1.ConfigMap("unrelated", { metadata }, { parent: environment });
}
