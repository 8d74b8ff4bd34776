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
}

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
  planned: number;
  finished: number;
  /** Changes of the real run, or of the preview when that is all there is: `create` → 12. */
  changes: Record<string, number>;
  problems: string[];
  advice: string[];
}

export function newTally(): Tally {
  return { planned: 0, finished: 0, changes: {}, problems: [], advice: [] };
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
  if (summary) tally.changes = changesOf(summary.resourceChanges);
  if (summary?.isPreview) tally.planned = total(tally.changes);
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
  return finishedStep(tally, event);
}

function finishedStep(tally: Tally, { resOutputsEvent: event }: EngineEvent): string | undefined {
  if (!event || event.planning) return undefined;
  const { op, urn, type } = event.metadata;
  const verb = done[op];
  if (verb === undefined || type === "pulumi:pulumi:Stack") return undefined;
  tally.finished++;
  return `${verb} ${kindOf(type)} ${nameOf(urn)}`;
}

function changesOf(counts: Record<string, number> = {}): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([op]) => !["same", "read", "refresh"].includes(op)));
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
  return urn && !urn.includes("pulumi:pulumi:Stack") ? `${kindOf(typeOf(urn))} ${nameOf(urn)}: ${text}` : text;
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
