import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { edgePage } from "./edgePage.ts";

describe("docs/edge.md", () => {
  it("says what each controller can and can't do, as npm run docs writes it", () => {
    const page = readFileSync("docs/edge.md", "utf8");
    equal(page, edgePage(page));
  });
});
