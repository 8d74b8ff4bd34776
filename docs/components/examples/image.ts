import * as palier from "../../../index.ts";

const environment = new palier.Environment("shop");

const image = new palier.Image("api", {
  environment,
  ...(environment.stage === "dev"
    ? { context: "./api", repository: "registry.example/shop/api" }
    : { reference: `registry.example/shop/api@sha256:${"a".repeat(64)}` }), // what dev has built: stack configuration
});

new palier.App("api", { environment, image: image.reference });
