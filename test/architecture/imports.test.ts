import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What each folder may import of ours. */
const allowed: Record<string, string[]> = {
  core: [],
  components: ["core"],
  policies: ["core"],
  stacks: ["index.ts"],
  render: ["core"],
  testing: ["core", "policies", "render"],
  "testing.ts": ["render", "testing"],
  cli: ["core", "components", "policies", "render", "stacks"],
  local: ["cli", "core", "policies", "render", "test"],
  "index.ts": ["core", "components"],
};

/** The wall; test and bench files are lists of cases and may be longer. */
const mostLines = 250;

/** Each becomes two files of the package. */
const mostShipped = 850;

function tracked(): string[] {
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.mjs"], {
    encoding: "utf8",
  });
  return list.split("\n").filter((file) => file !== "" && existsStill(file));
}

function existsStill(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/(?:from|import\(|import)\s*["'](\.[^"']+)["']/g);
  return [...found].map((match) => relative(".", join(dirname(file), match[1]!)));
}

const top = (file: string) => file.split("/")[0]!;

/** What the package is compiled of: what its configuration includes, and all that this imports. */
function shipped(): string[] {
  const { include } = JSON.parse(readFileSync("tsconfig.build.json", "utf8")) as { include: string[] };
  const found = new Set(tracked().filter((file) => include.includes(top(file)) && file.endsWith(".ts")));
  for (const file of found) for (const target of imports(file)) found.add(target);
  return [...found];
}

describe("architecture", () => {
  it("lets imports go one way: stacks → components → core ← policies", () => {
    const wrong = tracked().flatMap((file) => {
      const may = allowed[top(file)];
      if (!may || file.startsWith("stacks/application/")) return [];
      const bad = imports(file).filter((target) => top(target) !== top(file) && !may.includes(top(target)));
      return bad.map((target) => `${file} imports ${target}`);
    });
    assert.deepEqual(wrong, []);
  });

  it("has no cycle of imports", () => {
    const files = tracked();
    const graph = new Map(files.map((file) => [file, imports(file).filter((target) => files.includes(target))]));
    const done = new Set<string>();
    const visit = (file: string, path: string[]): void => {
      assert.ok(!path.includes(file), `cycle: ${[...path, file].join(" → ")}`);
      if (done.has(file)) return;
      for (const target of graph.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it(`keeps every source file within ${mostLines} lines`, () => {
    const sources = tracked().filter((file) => !/^(test|bench)\//.test(file));
    const long = sources.map((file) => [file, readFileSync(file, "utf8").split("\n").length - 1] as const);
    assert.deepEqual(
      long.filter(([, lines]) => lines > mostLines),
      [],
    );
  });

  it(`ships what its users run, in at most ${mostShipped} sources, and neither tests nor the machine beside it`, () => {
    const files = shipped();
    const parts = ["cli", "components", "core", "index.ts", "policies", "render", "testing", "testing.ts"];
    assert.deepEqual([...new Set(files.map(top))].sort(), parts);
    assert.deepEqual(
      files.filter((file) => file.includes(".test.")),
      [],
    );
    assert.ok(files.length <= mostShipped, `${files.length} sources`);
  });

  it("has no drawer for what found no place", () => {
    const drawers = tracked().filter((file) => /(^|\/)(utils?|helpers?|common|types)(\/|\.ts$)/.test(file));
    assert.deepEqual(drawers, []);
  });
});
