import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../../../index.ts";

const config = new pulumi.Config();
const environment = new palier.Environment("shop");
const image = `registry.example/web@sha256:${"a".repeat(64)}`;

new palier.App("web", {
  environment,
  image: pulumi.output(image),
  nodePort: config.requireNumber("nodePort"),
  scale: pulumi.getStack() === "production" ? { min: 3 } : {},
  variables: {
    HOST: config.require("host"),
    ONCE: "1",
    SENT: config.requireSecret("TOKEN"),
    ADDRESS: pulumi.interpolate`https://me:${config.requireSecret("TOKEN")}@host`,
  },
  secrets: {
    TOKEN: { config: true, minLength: 24 },
    KEY: { generate: 32, rotate: "second", overlap: "first" },
    HELD: { config: true, in: { dev: { existing: { name: "held", key: "value" } } } },
    KEPT: { external: { clusterStore: "vault", key: "shop/kept" } },
    SEALED: { sealed: `AgA${"A".repeat(749)}` },
    LEDGER_URL: { generate: 32 },
  },
  links: { LEDGER_URL: palier.outside({ host: "ledger.example" }) },
  existing: { configMaps: ["shared"] },
  featureFlags: { switch: config.requireBoolean("switch"), other: true },
});
