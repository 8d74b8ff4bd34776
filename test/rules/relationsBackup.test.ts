import { deepEqual, match } from "node:assert/strict";
import { undecided } from "../../core/rules/reading/field.ts";
import { databaseSaved } from "../../core/rules/relations/backupExists.ts";
import { backupSound } from "../../core/rules/relations/backupSound.ts";
import { db, dumps, job, restic, service } from "./relationsBackup.cases.ts";
import { judge } from "./table.ts";

describe("backups that are not known yet", () => {
  const levels = (...found: { level: string }[]) => found.map(({ level }) => level);
  it("are not said to be missing while one has an unknown address", () => {
    deepEqual(levels(...judge(databaseSaved, [db(), service, dumps(undecided)])), ["undecided"]);
  });
  it("are left open where their variables come from elsewhere", () => {
    const elsewhere = job({ command: ["restic", "backup"], envFrom: [{ secretRef: { name: "made-elsewhere" } }] });
    deepEqual(levels(...judge(backupSound, elsewhere)), ["undecided"]);
  });
  it("name each cause once", () => {
    const problems = judge(backupSound, restic([], { schedule: "@weekly" })).map(({ problem }) => problem);
    deepEqual(problems.length, 4);
    match(problems[0]!, /168 h/);
  });
});
