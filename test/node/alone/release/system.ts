// One app, of the image and by the strategy that the test wants.
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";

const config = new pulumi.Config("release");
const environment = new palier.Environment("avnir");

new palier.App("api", {
  environment,
  image: config.require("image"),
  rollout: config.requireObject<palier.RolloutArgs>("rollout"),
  health: { startSeconds: 10, live: "/live", ready: "/ready", verify: "/api/health" },
  scale: { min: 2, max: 4, cpuPercent: 90 },
  progressDeadlineSeconds: 20,
  shutdown: { preStopSeconds: 4, drainSeconds: 6 },
  nodePort: config.requireNumber("nodePort"),
});
