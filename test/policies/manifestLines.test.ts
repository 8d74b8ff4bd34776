import { deepEqual, equal, throws } from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { readManifests, UnreadableManifest } from "../../policies/offline/manifests.ts";

const object = (name: string) => `kind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n  key: ${name}\n`;
const texts: Record<string, { text: string; lines: number[] }> = {
  "one document": { text: object("a"), lines: [4] },
  "several, comments and empty ones between": {
    text: `# first\n---\n${object("a")}---\n# nothing\n---\n${object("b")}--- # last\n${object("c")}`,
    lines: [6, 13, 18],
  },
  "line ends of Windows": { text: `${object("a")}---\n${object("b")}`.replaceAll("\n", "\r\n"), lines: [4, 9] },
  "ends and directives": { text: `%YAML 1.2\n---\n${object("a")}...\n---\n${object("b")}`, lines: [6, 12] },
  "anchors, next to a document without": {
    text: `${object("a")}---\nx: &x { key: b }\nkind: ConfigMap\ndata:\n  key: *x\n`,
    lines: [4, 9],
  },
  "a document on the line of its mark": { text: `--- {kind: ConfigMap, data: {key: a}}\n`, lines: [1] },
  "marks within texts": {
    text: `kind: ConfigMap\ndata:\n  file: |\n    a: 1\n    ---\n    b: 2\n  key: "--- x"\n`,
    lines: [7],
  },
  "numbers, dates and other plain values": {
    text: `kind: ConfigMap\nat: 2026-01-31\nsome: [1, 0x1F, 017, 1_000, 1e3, .5, ~, "y"]\ndata:\n  key: a\n`,
    lines: [5],
  },
  "maps merged in, line by line": {
    text: `x: &x\n  a: 1\n  data:\n    key: b\nkind: ConfigMap\n<<: *x\n`,
    lines: [4],
  },
  "several merged in, and a key of its own before them": {
    text: `kind: ConfigMap\nx: &x { key: a }\nz: &z { key: b, other: c }\ndata:\n  <<: [*z, *x]\n---\n${object("a")}`,
    lines: [3, 10],
  },
  "a merged key that is written again": {
    text: `kind: ConfigMap\nx: &x { key: a }\ndata:\n  <<: *x\n  key: b\n`,
    lines: [5],
  },
  "a quoted key that looks like a merge": { text: `kind: ConfigMap\ndata:\n  "<<": { a: b }\n  key: c\n`, lines: [4] },
  JSON: { text: `{\n "kind": "ConfigMap",\n "data": {\n  "key": "a"}}`, lines: [4] },
};

describe("manifests", () => {
  for (const [what, { text, lines }] of Object.entries(texts)) {
    it(`are read with their lines: ${what}`, () => {
      const stated = readManifests(text);
      deepEqual(
        stated.map(({ lineOf }) => lineOf("data.key")),
        lines,
      );
      const documents = parseAllDocuments(text, { merge: true }).map((document): unknown => document.toJS());
      deepEqual(
        stated.map((one) => one.object.root.raw),
        documents.filter((document) => document !== null),
      );
    });
  }

  it("mean by yes and on what kubectl does", () => {
    const words = "[yes, On, y, True, no, OFF, n, 'yes', yess]";
    const expected = [true, true, true, true, false, false, false, "yes", "yess"];
    for (const anchor of ["", "&x "]) {
      const [one] = readManifests(`kind: Pod\nspec:\n  some: ${anchor}${words}\n`);
      deepEqual(one?.object.root.at("spec", "some").raw, expected);
    }
  });

  it("say in which line of the file they can't be read", () => {
    throws(
      () => readManifests(`${object("a")}---\nkind: [\n`),
      (error) => {
        equal((error as Error).name, new UnreadableManifest().name);
        equal(/at line (\d+)/.exec((error as Error).message)?.[1], "7");
        return true;
      },
    );
  });
});
