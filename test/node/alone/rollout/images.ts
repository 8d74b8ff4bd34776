// The application's image and others made of it, each with other variables: the same program, another digest.
import { join, relative } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("avnir");
const at = (folder: string) => relative(process.cwd(), join(import.meta.dirname, folder));
const build = (name: string, context: string, args: Record<string, pulumi.Input<string>>) =>
  new docker.Image(name, {
    imageName: `${config.require("registry")}/avnir/rollout:${name}`,
    build: { context: at(context), platform: "linux/amd64", args },
  }).repoDigest;

export const first = build("first", "../../../../stacks/application", {
  NODE_IMAGE: config.requireObject<{ node: string }>("images").node,
});
export const second = build("second", "variant", { BASE: first, RELEASE: "second" });
export const failing = build("failing", "variant", { BASE: first, FAIL_MIGRATION: "1" });
export const unready = build("unready", "variant", { BASE: first, FAIL_READY: "1" });
