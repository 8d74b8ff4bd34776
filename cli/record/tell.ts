import type { ReleaseRecord } from "../../core/records/releaseRecord.ts";

/** A record on one line, for a list of releases. */
export function releaseLine({ image, digest, commit, author, verified, released }: ReleaseRecord): string {
  const went = released.map(({ environment, at }) => `${environment} ${at}`).join(", ");
  const healthy = Object.keys(verified).join(", ");
  const parts = [commit, author, healthy && `verified in ${healthy}`, went && `went to ${went}`];
  return [`${image}@${digest}`, ...parts.filter(Boolean)].join("  ");
}

/** A record as people read it. */
export function linesOf(record: ReleaseRecord): string[] {
  const { image, digest, system, commit, author, changeDocument, rollbackPlan, signature } = record;
  const told = { system, commit, author, "change document": changeDocument, "rollback plan": rollbackPlan };
  return [
    `${image}@${digest}`,
    ...Object.entries(told).flatMap(([name, value]) => (value ? [`  ${name}: ${value}`] : [])),
    ...gateLines(record),
    ...Object.entries(record.verified).map(([environment, { at }]) => `  verified in ${environment}: ${at}`),
    ...checkLines(record),
    ...record.approvals.map(({ by, at }) => `  approved by ${by}: ${at}`),
    ...record.released.map(({ environment, at }) => `  went to ${environment}: ${at}`),
    signature
      ? "  signed: palier record verify --public-key says by whom"
      : "  unsigned: worth what the rights on its folder are worth",
  ];
}

function gateLines({ gates }: ReleaseRecord): string[] {
  return Object.entries(gates).map(([gate, { result, measured, at }]) => {
    const measure = measured === undefined ? "" : ` (${measured}${gate === "coverage" ? " %" : ""})`;
    return `  gate ${gate}: ${result}${measure}, ${at}`;
  });
}

function checkLines({ checks = {} }: ReleaseRecord): string[] {
  return Object.entries(checks).flatMap(([environment, { found }]) =>
    found.map(({ check, result, told }) => `  check in ${environment}, ${check}: ${result}, ${told}`),
  );
}
