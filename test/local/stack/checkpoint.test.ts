import { deepEqual, equal } from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Clone } from "../../../local/clone.ts";
import { checkpointFile } from "../../../local/stack/backend.ts";
import { mendCheckpoint } from "../../../local/stack/checkpoint.ts";
import type { Step } from "../../../local/steps.ts";
import { temporaryFolder } from "../../temporary.ts";

describe("the state of a stack", () => {
  const before = '{"version":3}';
  const step = { say: () => {}, progress: () => {} } as unknown as Step;

  async function mended(text: string | undefined, bak: string | undefined, ...others: string[]) {
    const clone = { home: temporaryFolder("checkpoint") } as Clone;
    const file = checkpointFile(clone, "avnir", "dev");
    mkdirSync(dirname(file), { recursive: true });
    if (text !== undefined) writeFileSync(file, text);
    if (bak !== undefined) writeFileSync(`${file}.bak`, bak);
    for (const other of others) writeFileSync(`${dirname(file)}/${other}`, "{");
    await mendCheckpoint(step, clone, "avnir", "dev");
    const now = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    return { now, files: readdirSync(dirname(file)).sort() };
  }

  for (const cut of ["", '{"version":3,"checkpo']) {
    it(`goes on from the one before when the machine went down and left "${cut}"`, async () => {
      equal((await mended(cut, before)).now, before);
    });
  }

  it("stays as it is when it is whole, when it is gone, and when there is no other", async () => {
    equal((await mended('{"version":4}', before)).now, '{"version":4}');
    equal((await mended(undefined, before)).now, undefined);
    equal((await mended("", undefined)).now, "");
    equal((await mended("", "{")).now, "");
  });

  it("loses the copies that a killed engine had not given their name, and no other stack's", async () => {
    const { files } = await mended(before, before, "dev.json.18ea.tmp", "dev.json.bak.18eb.tmp", "dev2.json.18ec.tmp");
    deepEqual(files, ["dev.json", "dev.json.bak", "dev2.json.18ec.tmp"]);
  });
});
