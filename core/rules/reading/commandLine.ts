import type { Container } from "./containers.ts";
import type { Field } from "./field.ts";
import type { Setting } from "./setting.ts";

/** One word of a container's command line, `command` and `args` together, shell scripts taken apart. */
export interface Word {
  readonly text: string | undefined;
  readonly field: Field;
}

export function commandLine(container: Container): Word[] {
  return ["command", "args"].flatMap((list) => container.field.at(list).items()).flatMap(words);
}

function words(field: Field): Word[] {
  const { text } = field;
  if (text === undefined) return [{ text: undefined, field }];
  if (!/[\s;]/.test(text)) return [{ text, field }];
  const parts = text.match(/(?:[^\s"';&|]|"[^"]*"|'[^']*')+/g) ?? [];
  return parts.map((part) => ({ text: part.replace(/["']/g, ""), field }));
}

/** The words that are no option, no assignment and no option's value, as settings without a name. */
export function bareWords(container: Container): Setting[] {
  const line = commandLine(container);
  return line
    .filter(
      ({ text }, index) => text !== undefined && !option.test(line[index - 1]?.text ?? "") && !/^-|^\w+=/.test(text),
    )
    .map(({ field, text }) => ({
      name: "",
      value: field.reading(text),
      source: "command",
      container: container.name,
    }));
}

const option = /^--?([A-Za-z_][\w.-]*)$/;

/** `NAME=value`, `--flag=value` and `--flag value`, as settings by that name. A lone `--flag` reads as `true`. */
export function settingsOnCommandLine(container: Container, resolve: (text: string) => string): Setting[] {
  const line = commandLine(container);
  return line.flatMap(({ text, field }, index): Setting[] => {
    const common = { source: "command", container: container.name, hidden: field.secret } as const;
    if (text === undefined) return [{ ...common, name: undefined, value: field }];
    const [, name, value] = /^(?:--?)?([A-Za-z_][\w.-]*)=(.*)$/s.exec(text) ?? [];
    if (name !== undefined) return [{ ...common, name, value: field.reading(resolve(value ?? "")) }];
    const flag = option.exec(text)?.[1];
    if (flag === undefined) return [];
    const next = line[index + 1]?.text;
    return [{ ...common, name: flag, value: field.reading(next?.match(/^[^-]/) ? resolve(next) : "true") }];
  });
}
