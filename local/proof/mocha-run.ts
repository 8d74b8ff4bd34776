// Runs test files in a process of its own: node mocha-run.ts <result file> <reporter> <jobs> <test files…>
import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import { rowsIn } from "../requirements/rows.ts";
import { type Counts, failure } from "./counts.ts";
import { finishedTests } from "./finishedTests.ts";

const [result, reporter, jobs, ...files] = process.argv.slice(2);
const parallel = Number(jobs) > 1;
const mocha = new Mocha({ reporter, timeout: 60_000, parallel, jobs: Number(jobs) });
for (const file of files) mocha.addFile(file);
if (!parallel) await mocha.loadFilesAsync();

const counts: Required<Omit<Counts, "brokenOff">> = { passed: 0, failed: [], skipped: [], proven: [], disproven: [] };
const finished = finishedTests(process.env["PALIER_PROOF_DONE"]);
counts.passed += finished.leaveOut(mocha.suite);
const runner = mocha.run((failures) => {
  writeFileSync(result!, JSON.stringify(counts));
  process.exit(failures > 0 ? 1 : 0);
});
runner.on("pass", (test) => {
  counts.passed++;
  counts.proven.push(...rowsIn(test.fullTitle()));
  finished.add(test.fullTitle());
});
runner.on("fail", (test, error: Error) => {
  counts.failed.push(failure(test.fullTitle(), error.message));
  counts.disproven.push(...rowsIn(test.fullTitle()));
});
runner.on("pending", (test) => counts.skipped.push(test.fullTitle()));
