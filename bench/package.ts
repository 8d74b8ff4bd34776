/**
 * How large the package is, and how long `import "palier"` takes, from the packed copy in another folder, against importing
 * `@pulumi/pulumi` and `@pulumi/kubernetes` alone, which every program does. Needs `npm ci`, no cluster:
 *
 *     node bench/package.ts
 *
 * Prints medians of five rounds, each import in a process of its own, and the machine's load.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pack } from "../test/pack.ts";
import { load, medians, pairs } from "./policy-speed/pairs.ts";

const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "palier-bench-"));

/** The packed copy in a folder of its own, beside what it depends on. */
function install(tarball: string): void {
  const modules = join(work, "node_modules");
  mkdirSync(join(modules, "palier"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "palier")]);
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
}

/** Milliseconds for which a new process imports these. */
async function importing(...names: string[]): Promise<number> {
  const file = join(work, "importing.mjs");
  const lines = names.map((name) => `await import(${JSON.stringify(name)});`);
  writeFileSync(
    file,
    ["const since = performance.now();", ...lines, "console.log(performance.now() - since);"].join("\n"),
  );
  return Number(execFileSync(process.execPath, [file], { encoding: "utf8" }));
}

try {
  const { path, files, packed, unpacked } = pack(work);
  console.log(`package: ${packed} KB packed, ${unpacked} KB unpacked, ${files.length} files`);
  install(path);
  const alone = ["@pulumi/pulumi", "@pulumi/kubernetes"];
  await importing("palier", ...alone); // reads the files from disk once
  const measured = await pairs(
    5,
    () => importing("palier"),
    () => importing(...alone),
  );
  const { ours, other, ratio } = medians(measured, (milliseconds) => milliseconds);
  console.log(
    `import "palier": ${ours.toFixed(0)} ms; @pulumi/pulumi and @pulumi/kubernetes alone: ${other.toFixed(0)} ms`,
  );
  console.log(`ratio: ${ratio.toFixed(2)}; ${load()}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
