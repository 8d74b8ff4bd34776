import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../../temporary.ts";
import type { Workflow } from "./files.ts";

const root = join(import.meta.dirname, "../../..");
const monday = Date.parse("2026-11-23T10:00:00Z");

/** Palier's own clock in a run: a Monday's, as no release is let through on a Friday afternoon. */
const clock = `const Real = Date, shift = ${monday - Date.now()};
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
  static now() { return Real.now() + shift; }
};`;

/** In place of the engine, which would need a cluster: what is configured runs as soon as it is brought up. */
const pulumi = (folder: string, urls: Readonly<Record<string, string>>) => `
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseDocument } from "${pathToFileURL(join(root, "node_modules/yaml/dist/index.js")).href}";
const words = process.argv.slice(2), stack = words[words.indexOf("--stack") + 1];
const state = "${folder}/state.json", file = \`Pulumi.\${stack}.yaml\`;
const runs = existsSync(state) ? JSON.parse(readFileSync(state, "utf8")) : {};
const document = parseDocument(readFileSync(file, "utf8"));
if (words[0] === "config") {
  const [key, ...rest] = words.at(-2).split(".");
  document.setIn(["config", key, ...rest], words.at(-1));
  writeFileSync(file, document.toString({ lineWidth: 0 }));
} else if (words[0] === "up") {
  writeFileSync(state, JSON.stringify({ ...runs, [stack]: document.getIn(["config", "avnir:images", "api"]) }));
} else console.log(JSON.stringify({ url: ${JSON.stringify(urls)}[stack], health: "/api/health", image: runs[stack] }));
`;

/**
 * Runs a workflow's shell, step by step, in a clone of a repository of its own. Real: bash, git with the branch of records, curl,
 * palier. In place of what needs the outside stand programs that note how they were called: pnpm, npm, docker, trivy, gh,
 * pulumi; sleep does not.
 */
export class Sandbox {
  readonly folder = temporaryFolder("pipeline");
  readonly work = join(this.folder, "work");
  readonly #variables: Readonly<Record<string, string>>;

  constructor(urls: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>>) {
    this.#variables = variables;
    for (const name of ["bin", "home"]) mkdirSync(join(this.folder, name));
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch", "main", join(this.folder, "origin")]);
    execFileSync("git", ["clone", "--quiet", join(this.folder, "origin"), this.work], { stdio: "ignore" });
    writeFileSync(join(this.folder, "clock.mjs"), clock);
    writeFileSync(join(this.folder, "pulumi.mjs"), pulumi(this.folder, urls));
    this.#program(
      "npx",
      `shift; exec '${process.execPath}' --import '${this.folder}/clock.mjs' '${root}/cli/palier.ts' "$@"`,
    );
    this.#program("pulumi", `exec '${process.execPath}' '${this.folder}/pulumi.mjs' "$@"`);
    this.#program("docker", `case "$1" in login) cat >/dev/null ;; inspect) cat '${this.folder}/digest' ;; esac`);
    this.#program("gh", "echo bob");
    for (const name of ["pnpm", "npm", "trivy", "sleep"]) this.#program(name, "exit 0");
    for (const folder of ["docs", "scripts"]) mkdirSync(join(this.work, folder));
    for (const file of ["CHANGELOG.md", "docs/promotion.md", "scripts/security-audit.js", "migrate.ts"])
      this.#write(file, "");
    this.#write("Pulumi.yaml", "name: avnir\n");
    for (const stack of ["staging", "production"])
      this.#write(`Pulumi.${stack}.yaml`, "config:\n  palier:context: fake\n");
    this.#write(".gitignore", ".records\n*.txt\npolicies.json\n");
  }

  #write(file: string, content: string): void {
    writeFileSync(join(this.work, file), content);
  }

  #program(name: string, shell: string): void {
    const file = join(this.folder, "bin", name);
    writeFileSync(file, `#!/bin/sh\necho "${name} $*" >> '${this.folder}/asked'\n${shell}\n`);
    chmodSync(file, 0o755);
  }

  get asked(): string {
    return readFileSync(join(this.folder, "asked"), "utf8");
  }

  runs(stack: string): string | undefined {
    return JSON.parse(readFileSync(join(this.folder, "state.json"), "utf8"))[stack];
  }

  git(...args: string[]): string {
    const author = ["-c", "user.name=ann", "-c", "user.email=ann@shop.example"];
    return execFileSync("git", [...author, ...args], { cwd: this.work, encoding: "utf8" }).trim();
  }

  /** A commit, of which docker will have built this image. */
  commit(image: string): void {
    writeFileSync(join(this.folder, "digest"), image);
    this.#write("CHANGELOG.md", image);
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "Change");
    this.git("push", "--quiet", "origin", "HEAD:main");
  }

  /** A job as a new machine runs it: up to the first step that fails, and then those that answer a failure. */
  async job({ env, jobs }: Workflow, id: string): Promise<{ failed?: string; output: string }> {
    this.git("worktree", "prune");
    if (existsSync(join(this.work, ".records"))) this.git("worktree", "remove", "--force", ".records");
    this.git("checkout", "--quiet", "--", ".");
    for (const name of ["begun.txt"]) execFileSync("rm", ["-f", join(this.work, name)]);
    const exported = join(this.folder, "exported");
    writeFileSync(exported, "");
    const result: { failed?: string; output: string } = { output: "" };
    for (const step of jobs[id]!.steps.filter(({ run }) => run !== undefined)) {
      if ((step.if === "failure()") !== (result.failed !== undefined)) continue;
      const noted = readFileSync(exported, "utf8")
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((line) => line.split("=", 2));
      const own = { ...this.#filled({ ...env, ...jobs[id]!.env, ...step.env }), ...Object.fromEntries(noted) };
      const { code, output } = await this.#shell(step.run!, { ...own, GITHUB_ENV: exported });
      result.output += output;
      if (code !== 0) result.failed ??= step.name!;
    }
    return result;
  }

  #filled(env: Readonly<Record<string, string>>): Record<string, string> {
    const commit = this.git("rev-parse", "HEAD");
    const known: Record<string, string> = { "github.sha": commit, "github.workspace": this.work, ...this.#variables };
    const value = (expression: string) => known[expression] ?? (expression.includes("author") ? "ann" : "");
    const filled = (text: string) => text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => value(expression));
    return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
  }

  async #shell(run: string, env: Record<string, string>): Promise<{ code: number; output: string }> {
    const PATH = [join(this.folder, "bin"), process.env["PATH"]].join(delimiter);
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
      cwd: this.work,
      env: { ...env, PATH, HOME: join(this.folder, "home") },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [[code], output, errors] = await Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]);
    return { code: (code as number | null) ?? 1, output: output + errors };
  }
}
