import { join } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { tell } from "../../core/told.ts";
import { wrong } from "../argument.ts";
import { inEnvironment } from "../environment/member.ts";
import { checkedProfile } from "../environment/profile.ts";
import { meaningOf } from "../environment/stage.ts";
import { checkArguments } from "../shape.ts";
import type { ImageArgs } from "./args.ts";
import { imageShape } from "./shape.ts";

/**
 * An image of one's own: built and pushed in the first of the environments, by a Docker that is there; in the others, and
 * always in production, the very one that was built there, by its digest.
 *
 * @remarks
 * - Another content is another digest, which rolls the pods that run it; the same content is the same one.
 * - `pulumi destroy` leaves it in the registry, where another environment may run it.
 * - Secrets of a build, labels of its commit, a scan and several platforms are `palier image build`'s.
 */
export class Image extends pulumi.ComponentResource {
  /** With its digest, as `image` of an app takes it: plain text where `reference` was given. */
  readonly reference: pulumi.Input<string>;

  constructor(name: string, args: ImageArgs, opts: pulumi.ComponentResourceOptions = {}) {
    checkArguments("Image", name, args, imageShape);
    const stage = meaningOf("environment.stage", args.environment.stage);
    const { reference, dockerfile = "Dockerfile", platform = "linux/amd64" } = args;
    if (!reference && stage === "production") {
      const allowed = "the digest that the environment before production runs: two builds are two images";
      throw wrong(`Image ${name}: reference`, undefined, allowed);
    }
    const profile = checkedProfile("environment.profile", stage, args.environment.profile);
    tell({ kind: "Image", name, args, profile, complete: () => ({ dockerfile, platform }) });
    super("palier:index:Image", name, { repository: args.repository }, inEnvironment(args.environment, opts));
    this.reference = reference ?? this.#built(name, args, dockerfile, platform);
    this.registerOutputs({ reference: this.reference });
  }

  #built(name: string, args: ImageArgs, dockerfile: string, platform: string): pulumi.Output<string> {
    const { context, repository, target, arguments: given } = args;
    const image = new docker.Image(
      `${name}-image`,
      {
        imageName: `${repository}:${pulumi.getStack()}`,
        build: { context, dockerfile: join(context!, dockerfile), platform, target, args: given },
      },
      { parent: this },
    );
    return image.repoDigest;
  }
}
