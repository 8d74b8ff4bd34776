import { deepEqual, rejects } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Clone } from "../../../local/clone.ts";
import { locksFolder } from "../../../local/stack/backend.ts";
import { deadLocks } from "../../../local/stack/locks.ts";
import { temporaryFolder } from "../../temporary.ts";

describe("the locks of a stack", () => {
  const timestamp = "2026-11-21T14:00:00.000Z";
  function withLocks(files: Record<string, string>): Clone {
    const clone = { home: temporaryFolder("locks") } as Clone;
    const folder = locksFolder(clone, "avnir", "dev");
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
    return clone;
  }
  const lock = (pid: number, host = hostname()) => JSON.stringify({ pid, hostname: host, timestamp });

  it("are dead when their process is gone, or its number is another program's by now", async () => {
    const clone = withLocks({ "a.json": lock(2 ** 22 + 1), "b.json": lock(process.pid) });
    deepEqual(await deadLocks(clone, "avnir", "dev"), [new Date(timestamp), new Date(timestamp)]);
  });

  it("count before they have their name too: the engine counts them", async () => {
    deepEqual((await deadLocks(withLocks({ "a.json.18ea.tmp": "" }), "avnir", "dev")).length, 1);
  });

  it("of another machine are not ours to judge", async () => {
    await rejects(deadLocks(withLocks({ "a.json": lock(1, "elsewhere") }), "avnir", "dev"), /Another pulumi/);
  });
});
