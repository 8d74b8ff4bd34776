import { profiles } from "../../../../core/profile.ts";
import type { Row } from "./row.ts";

const { minReadySeconds } = profiles.production;

/** Which version is released. */
export const versions: Row[] = [
  { name: "a good version", proves: "AV-01 MQ-23 DP-52 DP-53 YO-45 P-30", short: true },
  {
    name: "a migration that fails",
    proves: "YO-33",
    change: (system) => ({ image: system.image("failing") }),
    says: /migration failed: failed because FAIL_MIGRATION is set/,
    short: true,
  },
  {
    name: "an image that never gets ready",
    proves: "MQ-11",
    change: (system) => ({ image: system.image("unready") }),
    says: /Readiness probe failed: HTTP probe failed with statuscode: 503/,
  },
  {
    name: "an image that is not there",
    change: ({ now }) => ({ image: now.image.replace(/[0-9a-f]{64}$/, "0".repeat(64)) }),
    says: /ErrImagePull|ImagePullBackOff/,
    short: true,
  },
  {
    name: "an image that crashes after a minute",
    before: { minReadySeconds },
    change: (system) => ({ image: system.image("crashing") }),
    says: /of 2 pods are of the new version|CRASH_AFTER_SECONDS/,
    loses: "a pod's",
  },
  {
    name: "the same, without minReadySeconds",
    before: { minReadySeconds: 0 },
    change: (system) => ({ image: system.image("crashing") }),
    loses: "some",
    atLeast: 12_000,
  },
];
