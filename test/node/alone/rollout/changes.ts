import { answers } from "../../answers.ts";
import { eventually } from "../../eventually.ts";
import type { RollingSystem } from "./rollingSystem.ts";
import type { Row } from "./row.ts";

const busy = 10; // percent: at a hundred requests a second every pod is above that

/** What changes besides the version. */
export const changes: Row[] = [
  { name: "another variable", change: ({ now }) => ({ greeting: `${now.greeting}!` }) },
  { name: "another secret", change: ({ now }) => ({ secretLength: now.secretLength + 1 }) },
  { name: "the next value of a secret accepted", proves: "MP-129 DP-91", change: () => ({ overlap: "second" }) },
  {
    name: "the next value of a secret in use, the one before still accepted",
    proves: "MP-129 DP-91",
    before: { overlap: "second" },
    change: () => ({ rotate: "second", overlap: "first" }),
  },
  {
    name: "a secret taken from where there is none",
    change: () => ({ existing: "nowhere" }),
    says: /CreateContainerConfigError: secret "nowhere" not found/,
  },
  {
    name: "a feature flag, which the pods that run read anew",
    proves: "AV-44 AV-45",
    before: { flags: { beta: false } },
    change: () => ({ flags: { beta: true } }),
    inPlace: async ({ address }) => {
      await eventually(async () => (await flagsOf(address))["beta"] || undefined);
    },
  },
  {
    name: "a good version, and a smoke test of it",
    proves: "AV-30 AV-78 MQ-63",
    change: ({ other }) => ({ image: other, smoke: "passes" }),
  },
  {
    name: "a smoke test that fails",
    change: () => ({ smoke: "fails" }),
    says: /the smoke test has found smoke/,
  },
  {
    name: "a smoke test whose command the image has not",
    change: () => ({ smoke: "missing" }),
    says: /no-such-smoke-test/,
  },
  {
    name: "the database's password rotated",
    proves: "MP-129 DP-91",
    path: "/api/notes",
    before: { connectionSeconds: 1 },
    change: () => ({ rotateDatabase: "second" }),
  },
  {
    name: "the database's password rotated, with the one before refused as soon as pods roll",
    path: "/api/notes",
    before: { connectionSeconds: 1 },
    change: () => ({ rotateDatabase: "second" }),
    meanwhile: (system) => system.sql('ALTER ROLE "api.rollout.database_url" NOLOGIN'),
    loses: "some",
  },
  {
    name: "the autoscaler on",
    change: () => ({ scale: { min: 2, max: 3, cpuPercent: busy } }),
    meanwhile: (system) => scaledTo(system, 3),
  },
  {
    name: "a good version, while the autoscaler adds pods",
    before: { scale: { min: 2, max: 3, cpuPercent: busy }, startDelay: 10 },
    change: ({ other }) => ({ image: other, scale: { min: 2, max: 5, cpuPercent: busy } }),
    meanwhile: (system) => scaledTo(system, 4),
  },
  {
    name: "the autoscaler off",
    before: { scale: { min: 2, max: 5, cpuPercent: busy } },
    change: () => ({ scale: { min: 2, max: 2 } }),
  },
  {
    name: "a good version, after the autoscaler was off",
    before: { scale: { min: 2, max: 2 } },
    change: ({ other }) => ({ image: other }),
  },
];

async function flagsOf(address: string): Promise<Record<string, boolean>> {
  return (await (await answers(`${address}/api/flags`)).json()) as Record<string, boolean>;
}

async function scaledTo(system: RollingSystem, replicas: number): Promise<void> {
  await eventually(async () => Number(await system.deployment("{.spec.replicas}")) >= replicas || undefined);
}
