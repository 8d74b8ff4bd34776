import { equal } from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Clone } from "../../../local/clone.ts";
import { checkpointFile, halfMadeMark, mendCheckpoint } from "../../../local/stack/checkpoint.ts";
import type { Step } from "../../../local/steps.ts";
import { temporaryFolder } from "../../temporary.ts";

describe("the state of a stack", () => {
  const before = '{"version":3}';
  function stateOf(text: string | undefined, bak: string | undefined) {
    const clone = { home: temporaryFolder("checkpoint") } as Clone;
    const file = checkpointFile(clone, "avnir", "dev");
    mkdirSync(dirname(file), { recursive: true });
    if (text !== undefined) writeFileSync(file, text);
    if (bak !== undefined) writeFileSync(`${file}.bak`, bak);
    return { clone, file };
  }
  const step = { say: () => {}, progress: () => {} } as unknown as Step;
  const mended = async (text: string | undefined, bak: string | undefined) => {
    const { clone, file } = stateOf(text, bak);
    await mendCheckpoint(step, clone, "avnir", "dev");
    const now = existsSync(file) ? readFileSync(file, "utf8") : undefined;
    return [now, existsSync(halfMadeMark(clone, "avnir", "dev"))].join();
  };

  for (const cut of ["", '{"version":3,"checkpo']) {
    it(`goes on from the one before when a kill left "${cut}", and takes over what was made since`, async () => {
      equal(await mended(cut, before), `${before},true`);
    });
  }

  it("stays as it is when it is whole, when it is gone, and when there is no other", async () => {
    equal(await mended('{"version":4}', before), '{"version":4},false');
    equal(await mended(undefined, before), ",false");
    equal(await mended("", undefined), ",false");
    equal(await mended("", "{"), ",false");
  });
});
