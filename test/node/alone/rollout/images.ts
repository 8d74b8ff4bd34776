// The application's image and others made of it, each with other variables: the same program, another digest.
import { join, relative } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("avnir");
const at = (folder: string) => relative(process.cwd(), join(import.meta.dirname, folder));
const build = (name: string, context: string, args: Record<string, pulumi.Input<string>>, target?: string) =>
  new docker.Image(name, {
    imageName: `${config.require("registry")}/avnir/rollout:${name}`,
    build: { context: at(context), platform: "linux/amd64", args, target },
  }).repoDigest;

const base = build("base", "../../../../stacks/application", {
  NODE_IMAGE: config.requireObject<{ node: string }>("images").node,
});
const variant = (name: string) => build(name, "variant", { BASE: base }, name);

export const first = variant("first");
export const second = variant("second");
export const failing = variant("failing");
export const unready = variant("unready");
export const crashing = variant("crashing");
