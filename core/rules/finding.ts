import type { Field } from "./reading/field.ts";
import type { Setting } from "./reading/setting.ts";
import type { Finding } from "./rule.ts";
import { carriesSecret } from "./secrets/secretPattern.ts";

export interface Words {
  readonly problem: string;
  readonly fix: string;
  /** The part of the value to show; dropped when it may be a secret. */
  readonly value?: string;
  readonly level?: "mandatory" | "advisory";
}

export function finding(
  field: Field,
  { problem, fix, value, level = "mandatory" }: Words,
  container?: string,
): Finding {
  const shown = field.secret || value === undefined || carriesSecret(value) ? undefined : shortened(value);
  return { level, field: field.path, container, value: shown, problem, fix };
}

/** A finding about a setting: its name is part of the place. */
export function settingFinding({ name, hidden, value, container }: Setting, words: Words): Finding {
  const place =
    name === undefined || hidden || value.path.includes(name) ? value : value.seenAt(`${value.path} (${name})`);
  return finding(place, words, container);
}

/** Says that a rule could not look, so that a preview is never quietly green. */
export function notDecided(field: Field, container?: string, missing?: string): Finding {
  const problem = missing
    ? `reads ${missing}, which this stack has not registered so far; one made elsewhere is not seen`
    : "not known at preview";
  return { level: "undecided", field: field.path, container, problem, fix: "" };
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
