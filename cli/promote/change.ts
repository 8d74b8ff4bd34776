import { isDeepStrictEqual } from "node:util";
import { isScalar, parse, parseDocument } from "yaml";
import { isMap } from "../stack/stackFile.ts";
import { UsageError } from "../usage.ts";

/** A stack file with other images under `<project>:images`, and nothing else changed: comments and layout stay. */
export function withImages(text: string, system: string, images: Readonly<Record<string, string>>): string {
  const key = `${system}:images`;
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new UsageError(`the stack file is no YAML: ${document.errors[0]!.message}`);
  const present = (document.toJS() as { config?: Record<string, unknown> } | null)?.config?.[key];
  if (present !== undefined && (!isMap(present) || "secure" in present))
    throw new UsageError(`${key} is no map of images in the stack file: pulumi config set --path '${key}.<name>'.`);
  const edits = Object.entries(images).map(([name, reference]) => ({
    path: ["config", key, name],
    reference,
    node: document.getIn(["config", key, name], true),
  }));
  const inPlace = edits.flatMap(({ node, reference }) =>
    isScalar(node) && node.range ? [{ from: node.range[0], to: node.range[1], reference }] : [],
  );
  const edited = inPlace
    .sort((a, b) => b.from - a.from)
    .reduce((now, { from, to, reference }) => now.slice(0, from) + reference + now.slice(to), text);
  const missing = edits.filter(({ node }) => !isScalar(node));
  const after = missing.length === 0 ? edited : withMore(edited, missing);
  if (!isDeepStrictEqual(without(text, key, images), without(after, key, images)))
    throw new UsageError("the stack file would change elsewhere too: set the images there by hand.");
  return after;
}

function withMore(text: string, missing: readonly { path: string[]; reference: string }[]): string {
  const document = parseDocument(text);
  for (const { path, reference } of missing) document.setIn(path, reference);
  return document.toString({ lineWidth: 0 });
}

/** All that a stack file says but for these images. */
function without(text: string, key: string, images: Readonly<Record<string, string>>): unknown {
  const { config, ...rest } = (parse(text) ?? {}) as { config?: Record<string, unknown> };
  const { [key]: own, ...others } = config ?? {};
  const kept = Object.entries(isMap(own) ? own : {}).filter(([name]) => !(name in images));
  return { ...rest, config: { ...others, images: Object.fromEntries(kept) } };
}

/** The lines that one text has and the other has not, in their order. */
export function difference(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const gone = old.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  const come = now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come];
}
