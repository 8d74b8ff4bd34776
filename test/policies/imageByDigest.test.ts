import { deployment, image, object, workload, workloadTypes } from "./manifests.ts";
import { unknown } from "./preview.ts";
import { leavesOpen, passes, refuses } from "./tables.ts";

const policy = "immutable-image-tag";
const rows = "DP-42 DP-43 YO-03 P-16";
const digest = `sha256:${"0a".repeat(32)}`;
const running = (reference: unknown) => deployment({ image: reference });

describe("immutable-image-tag", () => {
  const floating =
    `api api:latest api:latest-alpine api:3-latest api:main api:master api:develop api:stable api:edge api:nightly api:staging
    api:production api:lts api:alpine api:lts-alpine3.20 api:stable-slim registry.example:5000/team/api registry.example:5000/api:latest api: api@latest`.split(
      /\s+/,
    );
  refuses(
    policy,
    rows,
    Object.fromEntries(
      ["dev", "pr-1", "staging", "production"].flatMap((stack) =>
        floating.map((reference) => [
          `${reference} in ${stack}`,
          {
            stack,
            given: running(reference),
            says: /container "api": spec\.template\.spec\.containers\[0\]\.image = /,
          },
        ]),
      ),
    ),
  );
  refuses(policy, rows, {
    "an empty reference": { stack: "dev", given: running("") },
    "a reference that is no text": { stack: "dev", given: running({}) },
  });

  const versions = [
    "api:1.2.3",
    "api:v1.2.3-rc.1",
    "postgres:16-alpine",
    "registry.example:5000/api:1.2",
    "api:3f2c9e1",
    "api:main-3f2c9e1",
    "api:20240131",
  ];
  refuses(
    policy,
    rows,
    Object.fromEntries(
      ["staging", "production", "live"].flatMap((stack) =>
        versions.map((reference) => [
          `${reference} in ${stack}`,
          { stack, given: running(reference), says: /@sha256:/ },
        ]),
      ),
    ),
  );
  passes(
    policy,
    rows,
    Object.fromEntries(
      ["dev", "pr-1"].flatMap((stack) =>
        versions.map((reference) => [`${reference} in ${stack}`, { stack, given: running(reference) }]),
      ),
    ),
  );

  const pinned = [
    `api@${digest}`,
    `api:latest@${digest}`,
    `registry.example:5000/team/api@${digest}`,
    `registry.example:5000/team/api:1.2@${digest}`,
  ];
  passes(policy, rows, Object.fromEntries(pinned.map((reference) => [reference, { given: running(reference) }])));
  const broken = [
    "api@sha256:abc",
    `api@sha256:${"g".repeat(64)}`,
    `api@md5:${"a".repeat(32)}`,
    `api@${digest}@${digest}`,
    `api@${digest.toUpperCase()}`,
  ];
  refuses(
    policy,
    rows,
    Object.fromEntries(
      broken.map((reference) => [
        `the digest of ${reference}`,
        { stack: "dev", given: running(reference), says: /digest/ },
      ]),
    ),
  );

  refuses(policy, rows, {
    ...Object.fromEntries(
      workloadTypes.map((type) => [
        `${type} by tag`,
        { given: workload({ containers: [{ name: "api", image: "api:1" }] }, type) },
      ]),
    ),
    "an init container": {
      given: workload({ containers: [{ name: "api", image }], initContainers: [{ name: "wait", image: "busybox" }] }),
      says: /container "wait": .*initContainers\[0\]\.image/,
    },
    "an ephemeral container": {
      given: workload({ ephemeralContainers: [{ name: "shell", image: "busybox" }] }, "core/v1:Pod"),
    },
    "the second container": {
      given: workload({
        containers: [
          { name: "api", image },
          { name: "proxy", image: "envoy:1" },
        ],
      }),
      says: /container "proxy"/,
    },
    "a volume made of an image": {
      given: workload({
        containers: [{ name: "api", image }],
        volumes: [{ name: "data", image: { reference: "data:1" } }],
      }),
      says: /volumes\[0\]\.image\.reference/,
    },
    "a workload in a list": {
      given: object("core/v1:List", {
        items: [{ kind: "Pod", spec: { containers: [{ name: "api", image: "api:1" }] } }],
      }),
    },
  });
  passes(policy, rows, {
    "a patch that says nothing about the image": {
      given: { ...workload({ containers: [{ name: "api", env: [] }] }), type: "kubernetes:apps/v1:DeploymentPatch" },
    },
    "objects without containers": { given: object("core/v1:Service", { spec: { ports: [] } }) },
  });
  leavesOpen(policy, rows, {
    "an unknown image": {
      given: running(unknown),
      says: /containers\[0\]\.image \(immutable-image-tag: not known at preview\)/,
    },
    "an unknown pod spec": { given: workload(unknown) },
    "unknown containers": { given: workload({ containers: unknown }) },
    "an unknown list": { given: object("apps/v1:DeploymentList", { items: unknown }) },
  });
});
