import type { PolicyResource, ReportViolation } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
import { type ShapeRecord, writeShape } from "../../core/records/shapeRecord.ts";
import { identityOf, runsPods, shapeOf } from "../../core/rules/parity/shape.ts";
import type { Memory } from "./memory.ts";
import { reporter } from "./report.ts";
import { kubernetesKind, parseUrn } from "./urn.ts";

const about = {
  id: "shape-recorded",
  description: "Keeps which workloads, images and names of variables this environment has.",
  severity: "low",
} as const;

/** After an update, keeps what runs in this environment, for its next update and the next environment's. */
export function recordShape(
  memory: Memory,
  urn: string,
  resources: readonly PolicyResource[],
  report: ReportViolation,
): void {
  const folder = new pulumi.Config("palier").get("records");
  if (folder === undefined || pulumi.runtime.isDryRun()) return;
  const { stage, review } = memory.surroundings(urn);
  if (review !== undefined) return;
  const tell = reporter(about, urn, report);
  const unseen = resources.filter((one) => kubernetesKind(one.type) !== undefined && !memory.hasSeen(one.urn));
  if (unseen.length > 0) {
    tell(`Nothing was recorded: ${unseen.length} resources were not part of this update.`, "advisory");
    return;
  }
  try {
    const system = parseUrn(urn).project;
    writeShape(folder, { version: 1, system, environment: stage, workloads: workloads(memory) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    tell(`Nothing was recorded: the folder of records can't be written to (${code}).`, "advisory");
  }
}

/** By resource, so that a name which only the preview had is not among them. */
function workloads(memory: Memory): ShapeRecord["workloads"] {
  const objects = memory.seen().map(({ subject }) => subject.object);
  const shapes = objects.filter(runsPods).map((one) => [identityOf(one), shapeOf(one, memory.inventory)] as const);
  return Object.fromEntries(shapes.flatMap(([identity, shape]) => (identity && shape ? [[identity, shape]] : [])));
}
