import { join, relative } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./settings.ts";

/**
 * The image that runs, by its digest. It is built once, where the stack names a registry to push to; every other
 * environment takes the digest from its configuration: a second build would be another image.
 */
export function apiImage({ images, registry }: Settings): pulumi.Input<string> {
  if (images.api) return images.api;
  if (!registry || !images.node) {
    throw new pulumi.RunError(
      `avnir:images.api is not set in Pulumi.${pulumi.getStack()}.yaml: give the digest that the environment before runs ` +
        `(pulumi stack output image --stack dev), or avnir:registry and avnir:images.node to build it here`,
    );
  }
  const built = new docker.Image("api-image", {
    imageName: `${registry}/avnir/api:${pulumi.getStack()}`,
    build: {
      context: relative(process.cwd(), join(import.meta.dirname, "..", "application")),
      platform: "linux/amd64",
      args: { NODE_IMAGE: images.node },
    },
  });
  return built.repoDigest;
}
