import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";
import { type Ran, TrialProject } from "./trial-project.ts";

describeOnNode("reviews on a node", function (machine) {
  this.timeout("9m");
  const project = new TrialProject(machine, "reviews");
  const main = (program: string) => {
    const runtime = { name: "nodejs", options: { typescript: false } };
    project.write("Pulumi.yaml", stringify({ name: "reviews", runtime, main: program }));
  };

  before(() => {
    main(join(import.meta.dirname, "reviews/system.ts"));
    const config = {
      "palier:context": machine.context,
      "palier:kubeconfig": machine.kubeconfig,
      "reviews:images": { postgres: machine.images.postgres },
      "palier:review": {
        url: "https://pr-{number}.review.example",
        quota: { cpu: "2", memory: "2Gi", pods: 10 },
        secrets: ["reviews:TOKEN"],
      },
    };
    project.write("Pulumi.review.yaml", stringify({ config }));
  });

  after(async () => {
    const all = ["reviews-pr-91", "reviews-pr-92"];
    await kubectl(machine, "delete", "namespace", ...all, "--wait=false", "--ignore-not-found");
    project.remove();
  });

  async function palier(...words: string[]): Promise<Ran> {
    const program = join(import.meta.dirname, "../../cli/palier.ts");
    const args = [program, "review", ...words, "--project", project.folder];
    const run = promisify(execFile)(machine.node, args, { env: project.env, maxBuffer: 16 << 20 });
    const ended = await run.then(
      (ran) => ({ ...ran, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    );
    return { code: ended.code, output: ended.stdout + ended.stderr };
  }

  const on = (number: number, ...args: string[]) => kubectl(machine, "-n", `reviews-pr-${number}`, ...args);
  const read = (number: number, what: string, jsonpath: string) =>
    on(number, "get", ...what.split(" "), "-o", `jsonpath=${jsonpath}`);

  /** As the administrator, with this password, over the network as an app would. */
  function sql(number: number, statement: string, password = '"$(cat /etc/palier/admin/password)"'): Promise<string> {
    const command = `PGPASSWORD=${password} psql -h db -U postgres -d postgres -At -c "$0"`;
    return on(number, "exec", "db-0", "--", "sh", "-c", command, statement);
  }

  async function secretsOf(number: number): Promise<string> {
    return read(number, "secrets -l app.kubernetes.io/name=keys", "{.items[0].data.TOKEN}");
  }

  it("stand side by side, each with a quota, an end, a database and secrets of its own [MQ-80 MP-37 AV-09 P-04]", async () => {
    const both = await Promise.all([palier("up", "91", "--hours", "1"), palier("up", "92", "--hours", "48")]);
    for (const [index, { code, output }] of both.entries()) {
      assert.equal(code, 0, output);
      assert.match(output, new RegExp(`pr-9${index + 1} is up until .*: https://pr-9${index + 1}.review.example`));
    }
    assert.equal(await read(91, "resourcequota quota", "{.spec.hard.pods}"), "10");
    const ends = await read(91, "namespace reviews-pr-91", "{.metadata.annotations.palier\\.dev/expires}");
    assert.ok(Math.abs(Date.parse(ends) - Date.now() - 3_600_000) < 600_000, ends);
    assert.notEqual(await secretsOf(91), await secretsOf(92));
    const password = (await on(91, "exec", "db-0", "--", "cat", "/etc/palier/admin/password")).trim();
    assert.match(await sql(91, "SELECT 1", password), /^1/);
    await assert.rejects(sql(92, "SELECT 1", password), /password authentication failed/);
    await sql(92, "CREATE TABLE kept AS SELECT 42 AS answer");
    await assert.rejects(sql(91, "SELECT * FROM kept"), /relation "kept" does not exist/);
  });

  it("go when their time is over, without their program or stack file, and no other goes with them [MQ-80]", async () => {
    await project.run("stack", "init", "pr-93", "--no-select");
    await project.run(
      "stack",
      "tag",
      "set",
      "palier:expires",
      new Date(Date.now() - 60_000).toISOString(),
      "--stack",
      "pr-91",
    );
    rmSync(join(project.folder, "Pulumi.pr-91.yaml"));
    project.write("broken.ts", 'throw new Error("the program ran");');
    main("broken.ts");
    const { code, output } = await palier("sweep");
    assert.equal(code, 0, output);
    assert.match(output, /pr-91: ended .*: removed, with \d\d resources/);
    assert.match(output, /pr-92: ends .*: left/);
    assert.match(output, /pr-93: no palier review up made it: left/);
    assert.equal(await kubectl(machine, "get", "namespace", "reviews-pr-91", "--ignore-not-found"), "");
    assert.match(await sql(92, "SELECT answer FROM kept"), /^42/);
    const { output: listed } = await palier("list");
    assert.match(listed, /^pr-92 /m);
    assert.doesNotMatch(listed, /^pr-91 /m);
  });

  it("stay as they are with each further push, but for their end", async () => {
    main(join(import.meta.dirname, "reviews/system.ts"));
    const token = await secretsOf(92);
    rmSync(join(project.folder, "Pulumi.pr-92.yaml"));
    const { code, output } = await palier("up", "92", "--hours", "72");
    assert.equal(code, 0, output);
    assert.equal(await secretsOf(92), token);
    assert.match(await sql(92, "SELECT answer FROM kept"), /^42/);
    const { code: gone, output: said } = await palier("down", "92");
    assert.equal(gone, 0, said);
    assert.equal(await kubectl(machine, "get", "namespace", "reviews-pr-92", "--ignore-not-found"), "");
  });
});
