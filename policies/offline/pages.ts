import { z } from "zod";
import { releaseRecord } from "../../core/records/releaseRecord.ts";
import { profiles } from "../profiles/index.ts";
import { themes } from "../themes.ts";
import { catalogue } from "./catalogue.ts";
import type { Shown } from "./shownExample.ts";

/** The pages that are made from the code, by their place in the repository. */
export function pages(shown: Readonly<Record<string, Shown>>): Readonly<Record<string, string>> {
  return {
    "docs/rules.md": catalogue(themes, shown, profiles),
    "docs/release-record.schema.json": schema("A release record", releaseRecord),
  };
}

/** What a file that somebody else may write holds, for editors and other programs. */
function schema(title: string, shape: z.ZodType): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(shape, { io: "input" }) }, null, 2)}\n`;
}
