import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pages } from "../../policies/offline/pages.ts";
import { edgePage } from "../../test/docs/edgePage.ts";
import { shown } from "../../test/rules/examples.ts";
import { allArtefacts, keptOf } from "../artefacts.ts";
import { openClone } from "../clone.ts";
import { command } from "../command.ts";
import { componentPages } from "../componentPages/pages.ts";
import { list } from "../conformance/list.ts";
import { conformancePage } from "../conformance/page.ts";
import { requirementsPage } from "../requirements/page.ts";
import { allTitles } from "../requirements/titles.ts";

/** Writes the pages that are made from the code; a test compares them. */
await command(async () => {
  const { root } = await openClone();
  const made = {
    ...pages(shown),
    "docs/conformance.md": conformancePage(list),
    "docs/edge.md": edgePage(await readFile(join(root, "docs/edge.md"), "utf8")),
    ...(await componentPages(root)),
    ...keptOf(await allArtefacts(root)),
    "docs/requirements.md": requirementsPage(root, await allTitles(root)),
  };
  for (const [file, text] of Object.entries(made)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return 0;
});
