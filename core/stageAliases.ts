import { type Aliases, plain, type Stage, stageOf, stages } from "./stage.ts";

/** A project's own stack names, as its configuration `palier:stages` holds them: `{"qa": "staging"}`. */
export function readAliases(text: string | undefined): { aliases: Aliases; problems: readonly string[] } {
  const aliases = new Map<string, Stage>();
  const problems: string[] = [];
  for (const [given, stage] of Object.entries(parsed(text, problems))) {
    const name = plain(given);
    const meaning = isStage(name) ? name : stageOf(name);
    if (meaning !== undefined) problems.push(`"${given}" means ${meaning} already; leave it out`);
    else if (!/^[\p{L}\p{N}][-_.\p{L}\p{N}]{0,99}$/u.test(name)) problems.push("a key is no name of a stack");
    else if (!isStage(stage)) problems.push(`"${given}" leads nowhere; give one of ${stages.join(", ")}`);
    else aliases.set(name, stage);
  }
  return { aliases, problems };
}

function parsed(text: string | undefined, problems: string[]): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  problems.push('it is no map of stack names to environments, such as {"qa": "staging"}');
  return {};
}

function isStage(value: unknown): value is Stage {
  return (stages as readonly unknown[]).includes(value);
}
