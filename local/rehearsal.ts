import { join } from "node:path";
import type { Clone } from "./clone.ts";
import { writeWhole } from "./whole-file.ts";

/** What CI and people say of a release, and no machine of one's own can say for them. */
const saidByOthers = [
  "release-gates",
  "image-scanned",
  "release-metadata",
  "rollback-plan-documented",
  "human-approval",
  "deploy-window",
];

/** The configuration of the policy pack in a local run. */
export function rehearsalFile(clone: Clone): string {
  return join(clone.home, "policies.json");
}

/**
 * A production on one's own machine is a rehearsal: it runs what staging ran, which this machine has seen, and is told
 * what else a release would need. Everywhere else these rules refuse.
 */
export async function writeRehearsal(clone: Clone): Promise<void> {
  const rules = Object.fromEntries(saidByOthers.map((rule) => [rule, { levels: { production: "advisory" } }]));
  await writeWhole(rehearsalFile(clone), `${JSON.stringify({ rules }, null, 2)}\n`);
}
