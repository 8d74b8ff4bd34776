import { type Container, containers } from "../reading/containers.ts";
import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";

/** A command as its words, however deep it stands in quotes, and where it is written. */
export interface Command {
  readonly words: readonly string[];
  readonly field: Field;
  readonly container?: string;
}

/** What an object's containers run: their commands, and those of their lifecycle hooks. A part not known yet is open. */
export function commands(object: KubernetesObject): { known: Command[]; open: Omit<Command, "words">[] } {
  const lines = containers(object).flatMap((container) =>
    listsOf(container).map((list) => ({ container: container.name, list })),
  );
  const open = lines.flatMap(({ list, container }) =>
    list.filter(({ unknown }) => unknown).map((field) => ({ field, container })),
  );
  const known = lines.flatMap(({ list, container }) => {
    const last = list.findLast(({ text }) => text !== undefined);
    const text = list.map((field) => field.text ?? "").join(" ");
    return last === undefined ? [] : [{ words: programWords(text), field: last, container }];
  });
  return { known, open };
}

/** The words of a shell's text: quotes, brackets and line ends only part them. */
export function programWords(text: string): string[] {
  return text
    .replace(/(^|\n)\s*(#|rem\b)[^\n]*/gi, "$1")
    .split(/[\s"'`();&|\\]+/)
    .filter((word) => word !== "");
}

function listsOf({ field }: Container): Field[][] {
  const hooks = ["postStart", "preStop"].map((hook) => field.at("lifecycle", hook, "exec", "command").items());
  return [["command", "args"].flatMap((list) => field.at(list).items()), ...hooks].filter((list) => list.length > 0);
}
