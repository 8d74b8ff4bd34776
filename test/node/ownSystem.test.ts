import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { digestIn } from "../../local/images/registry.ts";
import { pack, patientNpm } from "../pack.ts";
import { eventually } from "./eventually.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

const root = resolve(import.meta.dirname, "../..");

interface Block {
  /** `sh`, or the language of a file. */
  readonly language: string;
  /** The file that it is, or `refused`. */
  readonly word: string;
  readonly text: string;
}

const guide = readFileSync(join(root, "docs/own-system.md"), "utf8");
const blocks: Block[] = [...guide.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(([, language, word, text]) => ({
  language: language!,
  word: word!,
  text: text!,
}));

describeOnNode("the guide to a system of one's own", function (machine) {
  this.timeout("10m");
  const folder = mkdtempSync(join(machine.home, "own-system-"));
  const said: string[] = [];
  let env: NodeJS.ProcessEnv;

  before(async () => {
    renameSync(pack(folder).path, join(folder, "palier-0.1.0.tgz"));
    const digest = await eventually(
      async () =>
        (await digestIn(machine.registry, "avnir/api", "local")) ?? digestIn(machine.registry, "avnir/api", "dev"),
    );
    const own = Object.entries(machine.env).filter(([name]) => !/^PULUMI_(OPTION|BACKEND|CONFIG)_/.test(name));
    env = {
      ...process.env,
      ...Object.fromEntries(own),
      ...patientNpm,
      CONTEXT: machine.context,
      APP_IMAGE: `${machine.registry}/avnir/api@${digest}`,
      POSTGRES_IMAGE: machine.images.postgres,
      REDIS_IMAGE: machine.images.redis,
    };
  });

  after(async () => {
    await kubectl(machine, "delete", "namespace", "tickets-dev", "--wait=false", "--ignore-not-found");
    rmSync(folder, { recursive: true, force: true });
  });

  /** One block in a shell that goes on where the one before ended. */
  function type({ text }: Block): number {
    const session = join(folder, ".session");
    const script = `[ -e ${session} ] && . ${session}\n${text}\nexport -p > ${session}`;
    const run = spawnSync("bash", ["-euo", "pipefail", "-c", script], { cwd: folder, env, encoding: "utf8" });
    said.push(`${run.stdout}${run.stderr}`);
    return run.status ?? -1;
  }

  for (const [at, block] of blocks.entries()) {
    const [first = ""] = block.text.split("\n");
    if (block.language !== "sh") it(`has ${block.word}`, () => writeFileSync(join(folder, block.word), block.text));
    else if (block.word === "refused")
      it(`is refused production without a record, before anything is made [AV-03 DP-15 DP-55 P-09]`, () => {
        equal(type(block) === 0, false);
        match(said.at(-1)!, /\[mandatory\].*release-is-recorded|staging-before-production/);
        doesNotMatch(said.at(-1)!, /kubernetes:core\/v1:Namespace.*created/);
      });
    else it(`block ${at + 1} of it runs: ${first}`, () => equal(type(block), 0, said.at(-1)));
  }

  it("has a dev that is healthy, and a runbook that names what runs", () => {
    ok(said.some((text) => /"status":"healthy"/.test(text)));
    match(said.at(-1)!, /kubectl --namespace tickets-production rollout restart deployment\/web-mail/);
  });

  it("finds production's gate open with the record, but for the hour", () => {
    const preview = said.findLast((text) => /Previewing update \(production\)|pulumi:pulumi:Stack/.test(text))!;
    const refused = [...preview.matchAll(/\[(?:mandatory|advisory)\].*?([\w-]+) {2}\(/g)].map(([, name]) => name!);
    for (const gate of ["release-is-recorded", "staging-before-production", "release-gates", "human-approval"])
      ok(!refused.includes(gate), preview);
  });
});
