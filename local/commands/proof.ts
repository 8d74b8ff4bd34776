import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { circumstances } from "../proof/circumstances.ts";
import { type Stage, summarize } from "../proof/counts.ts";
import { proofPage, type Row } from "../proof/page.ts";
import { proofs } from "../proof/proofs.ts";
import { runMocha, runStage } from "../proof/stages.ts";
import { openTestNode } from "../proof/testNode.ts";
import { LocalError } from "../steps.ts";

/** `npm run proof [name]`: goes on where it was cut off; `--anew` begins anew. Writes `docs/proof.md`. */
await command(async (argv) => {
  const names = argv.filter((word) => word !== "--anew");
  const unknown = names.find((name) => !(name in proofs));
  if (unknown) {
    const list = Object.entries(proofs).map(([name, { shows, minutes }]) => `${name} (${minutes} min): ${shows}`);
    throw new LocalError(`There is no proof "${unknown}".`, `npm run proof -- NAME, of these:\n  ${list.join("\n  ")}`);
  }
  const stages: Stage[] = [];
  for (const name of names.length > 0 ? names : Object.keys(proofs)) {
    stages.push(await prove(name, argv.includes("--anew")));
  }
  console.log(summarize(stages));
  return stages.some((stage) => stage.failed.length > 0) ? 1 : 0;
});

async function prove(name: string, anew: boolean): Promise<Stage> {
  const { file, more = [], shows, alone, edge } = proofs[name]!;
  const node = await openTestNode(edge);
  const folder = join((await openClone()).home, "proofs");
  await mkdir(folder, { recursive: true });
  const [done, rows] = [join(folder, `${name}.json`), join(folder, `${name}.rows`)];
  if (anew) await forget(done, rows);
  const env = { ...node.env, PALIER_PROOF: name, PALIER_PROOF_DONE: done, PALIER_PROOF_ROWS: rows };
  const run = () => runMocha(node.clone, { reporter: "spec", files: [file, ...more], env });
  const [since, load, wentOn] = [new Date(), loadavg()[0]!, existsSync(done)];
  const stage = await runStage(name, () => (alone ? run() : node.with(run)));
  if (stage.brokenOff) return stage; // the next run goes on, and tells of the whole
  const noted = (await readFile(rows, "utf8").catch(() => "")).split("\n").filter(Boolean);
  const proven = {
    ...{ name, shows, passed: stage.passed, failed: stage.failed.length },
    circumstances: circumstances(since, load, wentOn),
    rows: noted.map((line) => JSON.parse(line) as Row),
  };
  const page = join(node.clone.root, "docs", "proof.md");
  await writeFile(page, proofPage(await readFile(page, "utf8").catch(() => ""), proven));
  if (stage.failed.length === 0) await forget(done, rows);
  return stage;
}

async function forget(...files: string[]): Promise<void> {
  for (const file of files) await rm(file, { force: true });
}
