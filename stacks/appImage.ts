import { join, relative } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import * as palier from "../index.ts";

/** A reference of an image in a stack file. */
export const reference = z.string().min(1);

/** What a local run offers to every system, whether it takes it or not. */
export const offered = {
  node: reference.optional(),
  postgres: reference.optional(),
  redis: reference.optional(),
};

interface Source {
  images: { [name: string]: string | undefined };
  registry?: string;
}

/**
 * The image of an app, by its digest. It is built once, where the stack names a registry to push to; every other
 * environment takes the digest from its configuration: a second build would be another image. What is built is the honest
 * application that stands in for the system's own, which is not ours to have.
 *
 * @param repository Where it is pushed to, in the registry.
 */
export function appImage(
  environment: palier.Environment,
  app: string,
  { images, registry }: Source,
  repository = `${pulumi.getProject()}/${app}`,
): pulumi.Input<string> {
  const given = images[app];
  if (given) return given;
  const [system, stack] = [pulumi.getProject(), pulumi.getStack()];
  if (!registry || !images["node"]) {
    throw new pulumi.RunError(
      `${system}:images.${app} is not set in Pulumi.${stack}.yaml: give the digest that the environment before runs ` +
        `(pulumi stack output image --stack dev), or ${system}:registry and ${system}:images.node to build it here`,
    );
  }
  const { reference } = new palier.Image(app, {
    environment,
    context: relative(process.cwd(), join(import.meta.dirname, "application")),
    repository: `${registry}/${repository}`,
    arguments: { NODE_IMAGE: images["node"] },
  });
  return reference;
}
