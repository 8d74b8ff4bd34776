// In place of pulumi, which would need a cluster: keeps stacks with tags in a file, and notes how it was called.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

export interface Kept {
  [stack: string]: { tags: Record<string, string>; resources: number; sealed?: Record<string, unknown> };
}

const folder = process.env["STAND_IN"]!;
const state = join(folder, "state.json");
const before = readFileSync(state, "utf8");
const stacks: Kept = JSON.parse(before);
const words = process.argv.slice(2);
const stack = words[words.indexOf("--stack") + 1]!;
const file = join(folder, `Pulumi.${stack}.yaml`);
const fails = process.env["STAND_IN_FAILS"];
appendFileSync(join(folder, "asked"), `${words.join(" ").replace(/ --non-interactive.*/, "")}\n`);

function fail(text: string): never {
  process.stderr.write(`error: ${text}\n`);
  process.exit(255);
}

const config = () => (existsSync(file) ? parse(readFileSync(file, "utf8")) : {});
const does: Record<string, () => unknown> = {
  "stack ls": () =>
    Object.entries(stacks).map(([name, { resources }]) => ({ name, current: false, resourceCount: resources })),
  "stack tag": () => {
    if (words[2] === "ls") return stacks[stack]?.tags ?? fail(`no stack named '${stack}' found`);
    if (fails === "tag") fail("this backend keeps no tags");
    stacks[stack]!.tags[words[3]!] = words[4]!;
  },
  "stack init": () => {
    stacks[words[2]!] = { tags: {}, resources: 0 };
    writeFileSync(join(folder, `Pulumi.${words[2]}.yaml`), stringify({ encryptionsalt: "v1:salt" }));
  },
  "stack rm": () => delete stacks[stack],
  "stack output": () => ({ url: `https://${stack}.cluster.example` }),
  "config set": () => {
    const { config: all = {}, ...rest } = config();
    const value = { secure: `sealed ${readFileSync(0, "utf8")}` };
    writeFileSync(file, stringify({ ...rest, config: { ...all, [words[3]!]: value } }));
    stacks[stack]!.sealed = { ...stacks[stack]!.sealed, [words[3]!]: value };
  },
  "config refresh": () =>
    writeFileSync(file, stringify({ encryptionsalt: "v1:salt", config: stacks[stack]!.sealed ?? {} })),
  up: () => {
    if (fails === "up") fail("the image can't be pulled");
    stacks[stack]!.resources = 12;
  },
  destroy: () => {
    if (fails === stack) fail("Preview failed: the cluster can't be reached");
    delete stacks[stack];
    rmSync(file, { force: true });
    for (const [name, then] of Object.entries(JSON.parse(process.env["STAND_IN_MEANWHILE"] ?? "{}") as Kept)) {
      if (Object.keys(then).length > 0) stacks[name] = then;
      else delete stacks[name];
    }
  },
};

const told = (does[`${words[0]} ${words[1]}`] ?? does[words[0]!])!();
// Several ask at once: who only reads writes nothing that another would find half written.
if (JSON.stringify(stacks) !== before) writeFileSync(state, JSON.stringify(stacks));
if (typeof told === "object") process.stdout.write(JSON.stringify(told));
