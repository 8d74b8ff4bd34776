import * as pulumi from "@pulumi/pulumi";
import { readShape } from "../../core/records/shapeRecord.ts";
import { ArgumentError } from "../argument.ts";
import type { Member } from "../environment/member.ts";

/**
 * Refuses to take away what an older version may still use: a contracting migration runs before the rollout, so what
 * serves meanwhile is what the last update left on record, and that must be the very image that is declared.
 *
 * @param path Where the phase is declared.
 */
export function refuseContract(
  path: string,
  { name, stage }: Member,
  workers: string[],
  image: pulumi.Input<string>,
): void {
  const takesAway = "contract takes away what an older version may still use, and";
  const folder = new pulumi.Config("palier").get("records");
  const record = folder && stage !== "review" ? readShape(folder, pulumi.getProject(), stage) : undefined;
  if (!record || typeof image !== "string") {
    const missing = record
      ? "an image that is built here is compared with none"
      : "nothing on record says which serves";
    void pulumi.log.warn(`${path}: ${takesAway} ${missing} (palier:records)`);
    return;
  }
  const names = [name, ...workers.map((worker) => `${name}-${worker}`)];
  const live = Object.entries(record.workloads).filter(
    ([identity]) => identity.startsWith("Deployment ") && names.includes(identity.split("/").at(-1)!),
  );
  const images = live.flatMap(([, { containers }]) => Object.values(containers).map((one) => one.image ?? "unknown"));
  const older = images.find((one) => one !== image);
  if (older === undefined) return;
  const reason = `${takesAway} ${older} serves in ${stage}; release ${image} without it first, then contract by an update of its own`;
  throw new ArgumentError(path, reason);
}
