// Prints the page of requirements, as the titles of all tests say it.
import { join } from "node:path";
import { requirementsPage } from "./page.ts";
import { allTitles } from "./titles.ts";

const root = join(import.meta.dirname, "../..");
process.stdout.write(requirementsPage(root, await allTitles(root)));
