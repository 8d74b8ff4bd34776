// Images that differ in what they are told: each is a release of its own.
import { join, relative } from "node:path";
import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config("avnir");
const BASE = config.requireObject<{ node: string }>("images").node;
const context = relative(process.cwd(), join(import.meta.dirname, "image"));
const build = (target: string) =>
  new docker.Image(target, {
    imageName: `${config.require("registry")}/avnir/release:${target}`,
    build: { context, platform: "linux/amd64", args: { BASE }, target },
  }).repoDigest;

export const first = build("first");
export const second = build("second");
export const third = build("third");
export const unready = build("unready");
export const sick = build("sick");
export const failing = build("failing");
export const crashing = build("crashing");
export const flaky = build("flaky");
