import type { z } from "zod";
import { notDecided } from "./finding.ts";
import { ruleWith } from "./parameters.ts";
import { bareWords } from "./reading/commandLine.ts";
import { containers } from "./reading/containers.ts";
import type { Setting } from "./reading/setting.ts";
import { settings } from "./reading/settings.ts";
import type { About, Finding, Rule, Subject } from "./rule.ts";

/** What a rule about settings asks of each. */
export interface Question<Parameters> {
  /** The words of command lines too, by an empty name. */
  readonly words?: boolean;
  /** Whether a setting of this name is meant; it is asked for what is not known yet too. */
  concerns(name: string, setting: Setting, given: Parameters): boolean;
  /** @param setting One with a text. @param all Those of the same object. */
  check(
    setting: Setting & { readonly text: string },
    all: readonly Setting[],
    subject: Subject,
    given: Parameters,
  ): Finding[];
}

/** A rule about named values, however containers get them. One whose name or value is not known yet is said to be open. */
export function settingRule<Parameters extends z.ZodObject>(
  about: About<Parameters>,
  { words, concerns, check }: Question<z.infer<Parameters>>,
): Rule {
  return ruleWith(about, (subject, given) => {
    const bare = words ? containers(subject.object).flatMap(bareWords) : [];
    const all = [...settings(subject.object, subject.inventory), ...bare];
    return all.flatMap((setting) => {
      const { name, value, container, missing } = setting;
      if (name === undefined) return [notDecided(value, container, missing)];
      if (!concerns(name, setting, given)) return mayBeFile(setting) ? [notDecided(value, container, missing)] : [];
      if (value.unknown) return [notDecided(value, container, missing)];
      return value.text === undefined ? [] : check({ ...setting, text: value.text }, all, subject, given);
    });
  });
}

/** Not known yet, and by its key a file that may hold any setting. */
export function mayBeFile({ source, value }: Setting): boolean {
  return source === "data" && value.unknown && /\.(env|ya?ml|json|toml|ini|conf|cfg|properties)$/i.test(value.key);
}

/** What a reader gets is judged where it stands; where that is not known, by the reader's name for it. */
export function standsHere({ source, value, name }: Setting, named: (name: string) => boolean): boolean {
  return source !== "reference" || (value.unknown && named(name ?? ""));
}
