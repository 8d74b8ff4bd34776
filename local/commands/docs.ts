import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { catalogue } from "../../policies/offline/catalogue.ts";
import { themes } from "../../policies/themes.ts";
import { examples } from "../../test/rules/examples.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";

/** Writes the pages that are made from the code; a test compares them. */
await command(async () => {
  const { root } = await openClone();
  await mkdir(join(root, "docs"), { recursive: true });
  await writeFile(join(root, "docs/rules.md"), catalogue(themes, examples));
  return 0;
});
