import { configuredImages } from "../../core/rules/images/configuredImages.ts";
import { allowedImages, deniedImages, digestEverywhere, explicitTag } from "../../core/rules/images/imageNames.ts";
import { pullAlways, pullSecrets } from "../../core/rules/images/pulling.ts";
import { inCronJob, withContainer, withPod } from "./manifests.ts";
import { tables } from "./table.ts";

const { cases, table } = tables();

export { cases };

const digest = `@sha256:${"0".repeat(64)}`;
const image = (image: string, more: object = {}) => withContainer({ image, ...more });

table(explicitTag, {
  refuses: {
    "no tag": image("registry.example:5000/api"),
    latest: inCronJob(image("api:latest")),
    "one that was named": { set: { moving: ["main"] }, of: image("api:main") },
  },
  passes: { "a version": image("registry.example:5000/api:1.2"), "a digest": image(`api:latest${digest}`) },
});
table(digestEverywhere, {
  refuses: { "a version": image("api:1.2") },
  passes: { "a digest": image(`api${digest}`) },
});
table(allowedImages, {
  refuses: { "another registry": { set: { allowed: ["registry.example/*"] }, of: image("docker.io/library/api:1") } },
  passes: {
    "one of them": { set: { allowed: ["registry.example/*"] }, of: image("registry.example/team/api:1") },
    "a repository by name": {
      set: { allowed: ["registry.example/api"] },
      of: image(`registry.example/api:1${digest}`),
    },
    "anything, where nothing was named": image("api"),
  },
});
table(deniedImages, {
  refuses: {
    "a registry that was given up": image("k8s.gcr.io/pause:3"),
    "one that was named": { set: { denied: ["evil.example/*"] }, of: image("evil.example/api:1") },
  },
  passes: { "its successor": image("registry.k8s.io/pause:3") },
});
table(pullAlways, {
  refuses: { "what the node has of a moving tag": image("api:latest", { imagePullPolicy: "IfNotPresent" }) },
  passes: {
    "a moving tag, pulled each time": image("api:latest", { imagePullPolicy: "Always" }),
    "a version": image("api:1.2.3", { imagePullPolicy: "IfNotPresent" }),
    "a digest": image(`api${digest}`, { imagePullPolicy: "Never" }),
  },
});
table(pullSecrets, {
  refuses: { none: withPod({}), "an empty list": withPod({ imagePullSecrets: [] }) },
  passes: { one: withPod({ imagePullSecrets: [{ name: "registry" }] }) },
});

const around = { images: { api: `registry.example/api@sha256:${"a".repeat(64)}` } };
const other = `registry.example/other@sha256:${"b".repeat(64)}`;
table(configuredImages, {
  refuses: {
    "an image of the program's own": { around, of: withContainer({ image: other }) },
    "one of an init container": {
      around,
      of: withPod({ initContainers: [{ name: "wait", image: other }] }),
    },
  },
  passes: {
    "an image of the configuration": { around, of: withContainer({}) },
    "any, where none is configured": withContainer({ image: other }),
    "one that may run beside them": {
      set: { others: ["registry.example/*"] },
      around,
      of: withContainer({ image: other }),
    },
  },
});
