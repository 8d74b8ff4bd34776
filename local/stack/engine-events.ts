import { isDeepStrictEqual } from "node:util";

/** The engine's events as `pulumi up --json` and `preview --json` print them, one JSON object a line; what we read of them. */
export interface EngineEvent {
  resourcePreEvent?: { metadata: StepMetadata; planning?: boolean };
  resOutputsEvent?: { metadata: StepMetadata; planning?: boolean };
  resOpFailedEvent?: { metadata: StepMetadata };
  diagnosticEvent?: { urn?: string; message: string; severity: string; ephemeral?: boolean };
  policyEvent?: { resourceUrn?: string; message: string; policyName: string; enforcementLevel: string };
  summaryEvent?: { resourceChanges?: Record<string, number>; isPreview?: boolean; result?: string };
  errorEvent?: { error: string };
}

interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  old?: { outputs?: unknown } | null;
  new?: { outputs?: unknown } | null;
}

const stackType = "pulumi:pulumi:Stack";

const done: Record<string, string> = {
  create: "made",
  "create-replacement": "made anew",
  update: "changed",
  delete: "deleted",
  "delete-replaced": "deleted the old",
  replace: "replaced",
};

/** What a run of the engine has come to so far. */
export interface Tally {
  /** How many changes the preview before it announced. */
  planned: number;
  finished: number;
  /** Changes of the real run, or of the preview when that is all there is: `create` → 12. */
  changes: Record<string, number>;
  /** Resources that the program declares, changed or not. */
  declared: number;
  /** Whether the stack's own outputs differ; the changes don't count them. */
  otherOutputs: boolean;
  /** What is being made or changed just now. */
  running: Set<string>;
  problems: string[];
  advice: string[];
}

export function newTally(planned = 0): Tally {
  return {
    planned,
    finished: 0,
    changes: {},
    declared: 0,
    otherOutputs: false,
    running: new Set(),
    problems: [],
    advice: [],
  };
}

export function parseEvent(line: string): EngineEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as EngineEvent;
  } catch {
    return undefined;
  }
}

/** Counts an event in, and returns the line to show for it, if any. */
export function countEvent(tally: Tally, event: EngineEvent): string | undefined {
  const { diagnosticEvent: diagnostic, policyEvent: policy, summaryEvent: summary } = event;
  if (summary) {
    tally.changes = changesOf(summary.resourceChanges);
    tally.declared = declaredOf(summary.resourceChanges);
  }
  if (event.errorEvent) addOnce(tally.problems, event.errorEvent.error);
  if (diagnostic?.severity === "error") addOnce(tally.problems, located(diagnostic.urn, diagnostic.message));
  if (diagnostic?.severity === "warning") addOnce(tally.advice, located(diagnostic.urn, diagnostic.message));
  if (policy) {
    const mandatory = policy.enforcementLevel === "mandatory";
    addOnce(
      mandatory ? tally.problems : tally.advice,
      located(policy.resourceUrn, `${policy.policyName}: ${policy.message}`),
    );
  }
  const begun = event.resourcePreEvent;
  if (begun && !begun.planning && done[begun.metadata.op]) tally.running.add(titleOf(begun.metadata));
  if (event.resOpFailedEvent) tally.running.delete(titleOf(event.resOpFailedEvent.metadata));
  return finishedStep(tally, event);
}

function finishedStep(tally: Tally, { resOutputsEvent: event }: EngineEvent): string | undefined {
  if (!event) return undefined;
  const { op, type, old, new: now } = event.metadata;
  if (type === stackType) tally.otherOutputs = !isDeepStrictEqual(old?.outputs, now?.outputs);
  if (event.planning) return undefined;
  const verb = done[op];
  if (verb === undefined || type === stackType) return undefined;
  tally.finished++;
  tally.running.delete(titleOf(event.metadata));
  return `${verb} ${titleOf(event.metadata)}`;
}

function titleOf({ type, urn }: Pick<StepMetadata, "type" | "urn">): string {
  return `${kindOf(type)} ${nameOf(urn)}`;
}

function changesOf(counts: Record<string, number> = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([op]) => !["same", "read", "refresh"].includes(op)));
}

function declaredOf(counts: Record<string, number> = {}): number {
  const { same = 0, create = 0, update = 0, replace = 0, read = 0 } = counts;
  return same + create + update + replace + read;
}

export function total(changes: Record<string, number>): number {
  return Object.values(changes).reduce((sum, count) => sum + count, 0);
}

/** "12 made, 1 changed", or that nothing did. */
export function describeChanges(changes: Record<string, number>): string {
  const parts = Object.entries(changes).map(([op, count]) => `${count} ${done[op] ?? op}`);
  return parts.length > 0 ? parts.join(", ") : "nothing changed";
}

function located(urn: string | undefined, message: string): string {
  const text = message.trim();
  return urn && typeOf(urn) !== stackType ? `${titleOf({ type: typeOf(urn), urn })}: ${text}` : text;
}

function addOnce(list: string[], text: string): void {
  if (text !== "" && !list.includes(text)) list.push(text);
}

/** `kubernetes:apps/v1:Deployment` → `Deployment`. */
function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? urn;
}

function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
