import { equal, ok } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cost } from "../../cli/cost/cost.ts";
import { images } from "../avnir.ts";
import { printed } from "../cli/printed.ts";
import { temporaryFolder } from "../temporary.ts";

const page = readFileSync("docs/cost.md", "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text]) => text!);
const [whole = "", difference = ""] = blocks("text");

const folder = temporaryFolder("cost-page");
const prices = join(folder, "prices.yaml");
const avnir = Object.entries(images).flatMap(([name, image]) => ["--set", `avnir:images.${name}=${image}`]);
const production = (...args: string[]) => printed(() => cost([...avnir, "--environment", "production", ...args]));

describe("docs/cost.md", function () {
  this.timeout(120_000);
  before(() => writeFileSync(prices, blocks("yaml")[0]!));

  it("shows what the command prints by the prices that it shows", async () =>
    equal(await production("--prices", prices), whole));

  it("shows what a pull request changes", async () => {
    const earlier = JSON.parse(await production("--json"));
    const [api] = earlier.environments[0].components;
    Object.assign(api.most, { pods: 4, cores: 0.4, memoryBytes: 2 ** 30 });
    writeFileSync(join(folder, "base.json"), JSON.stringify(earlier));
    const told = await production("--prices", prices, "--against", join(folder, "base.json"));
    for (const part of difference.split("…\n")) ok(told.includes(part), `${part}\nis not in\n${told}`);
  });
});
