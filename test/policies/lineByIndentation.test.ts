import { deepEqual, equal } from "node:assert/strict";
import { isNode, LineCounter, parseDocument, stringify } from "yaml";
import { system } from "../../bench/policy-speed/objects.ts";
import { lineByIndentation } from "../../policies/offline/lineByIndentation.ts";

type Path = (string | number)[];

/** Every path of a value, those to maps and lists included. */
function paths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, below]) => paths(below, [...path, key]))];
}

/** What a whole parse says; a place that says nothing stays undefined where this does not tell. */
function both(text: string): { told: Record<string, number>; right: Record<string, number> } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [told, right]: Record<string, number>[] = [{}, {}];
  const find = lineByIndentation(text);
  for (const path of paths(document.toJS())) {
    const line = find(path);
    const node = path.length > 0 ? document.getIn(path, true) : document.contents;
    if (line === undefined || !isNode(node) || !node.range) continue;
    told![path.join(".")] = line;
    right![path.join(".")] = lines.linePos(node.range[0]).line;
  }
  return { told: told!, right: right! };
}

const odd = `# comment

kind: ConfigMap # and another
metadata:
  # in between
  "name": a
  'namespace': b
  annotations:
    example.org/a: x
    "example.org/b: c": y
list:
- one

- two: 2
  three:
  - 3
  -   4
-
  four: 4
-   - nested
    - five: 5
text: |
  kind: Other
   list:
  - one
folded: >-
  a: b
flow: { a: 1, b: [2] }
empty:
below:
  a value on
  two lines
"quoted": "a: b
  c: d"
url: http://a.example:80/
last: 1
`;

describe("lineByIndentation", () => {
  it("says what a whole parse says, for each field of a system's manifests", () => {
    for (const object of system(20, 2)) {
      const text = stringify(object, { aliasDuplicateObjects: false });
      const { told, right } = both(text);
      deepEqual(told, right);
      equal(Object.keys(told).length > paths(object).length * 0.9, true);
    }
  });

  for (const [what, text] of Object.entries({
    plain: odd,
    "after a mark": `--- # x\n${odd}`,
    Windows: odd.replaceAll("\n", "\r\n"),
  })) {
    it(`says it of what may be written otherwise: ${what}`, () => {
      const { told, right } = both(text);
      deepEqual(told, right);
      equal(Object.keys(told).length > 20, true);
    });
  }

  it("says where the nearest is for a field that is not there", () => {
    equal(lineByIndentation(odd)(["metadata", "labels", "app"]), 6);
    equal(lineByIndentation(odd)(["text", "kind"]), 22);
    equal(lineByIndentation("kind: A\nspec: {}\n")(["spec", "a"]), 2);
  });

  it("does not tell in braces", () => {
    equal(lineByIndentation(odd)(["flow", "a"]), undefined);
    equal(lineByIndentation('{"kind": "A"}')(["kind"]), undefined);
  });
});
