import { deepEqual, equal, match } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../index.ts";
import { componentPages } from "../../local/componentPages/pages.ts";
import { argumentsOf } from "../../local/componentPages/tsdoc.ts";

const root = join(import.meta.dirname, "../..");

describe("the components' pages", () => {
  let pages: Record<string, string>;

  before(async function () {
    this.timeout(300_000);
    pages = await componentPages(root);
  });

  it("are what npm run docs writes from the comments and from examples that are run", () => {
    for (const [file, text] of Object.entries(pages)) equal(readFileSync(join(root, file), "utf8"), text, file);
  });

  it("are there for every component, and say what to beware of", () => {
    const classes = Object.entries(palier).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof pulumi.ComponentResource,
    );
    deepEqual(
      Object.keys(pages).sort(),
      classes.map(([name]) => `docs/components/${name[0]!.toLowerCase()}${name.slice(1)}.md`).sort(),
    );
    for (const text of Object.values(pages)) match(text, /## Beware\n\n- /);
  });

  it("take type and default from the comments, through the interfaces within", () => {
    const scale = argumentsOf(root, "AppArgs").find(({ path }) => path === "scale.min")!;
    deepEqual([scale.type, scale.usual], ["number", "1 in dev and review, 2 in staging and production"]);
    const secret = argumentsOf(root, "AppArgs").find(({ path }) => path === "secrets.<name>.minLength")!;
    equal(secret.usual, "16");
  });
});
