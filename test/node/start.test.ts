import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "./clone.ts";
import { appeared, hostState } from "./hostState.ts";
import { describeOnNode } from "./machine.ts";
import { OwnNode } from "./ownNode.ts";

describeOnNode("npm start", function (machine) {
  this.timeout("5m");
  const folder = mkdtempSync(join(machine.home, "clones-"));
  const clone = new Clone(machine, join(folder, "start"));
  const output = (name: string, stack: string) => clone.pulumi({}, "stack", "output", name, "--stack", stack);

  let debian: string;
  let untouched: string[];

  before(async () => {
    ({ debian } = await OwnNode.of(machine));
    untouched = hostState(debian);
    await clone.make();
  });
  after(async () => {
    await clone.npm("stop");
    rmSync(folder, { recursive: true, force: true });
  });

  it("ends with a URL, and a curl line that asks the database and all else", async () => {
    const printed = await clone.npm("start");
    assert.match(printed, /avnir dev is up and healthy: \d+ made\./);
    const [, address] = /curl -s (\S+) /.exec(printed) ?? [];
    assert.match(address!, /^http:\/\/127\.0\.0\.1:\d+\//);
    const answer = await fetch(address!);
    const { status, checks } = (await answer.json()) as { status: string; checks: Record<string, { ok: boolean }> };
    assert.deepEqual([answer.status, status, checks["database"]?.ok], [200, "healthy", true]);
  });

  it("changes nothing the second time, and says so", async () => {
    assert.match(await clone.npm("start"), /avnir dev is up and healthy: nothing changed\./);
  });

  it("puts staging beside dev, with dev's digest and without touching dev", async () => {
    const kinds = "deployments,statefulsets,services,secrets,configmaps,jobs,networkpolicies";
    const versions = (namespace: string) =>
      clone.kubectl(
        "get",
        kinds,
        "-n",
        namespace,
        "-o",
        "jsonpath={range .items[*]}{.metadata.uid} {.metadata.generation}{'\\n'}{end}",
      );
    const dev = await versions("avnir-dev");
    const printed = await clone.npm("start", "staging");
    assert.match(printed, /avnir staging is up and healthy/);
    assert.equal(await output("image", "staging"), await output("image", "dev"));
    assert.equal(await versions("avnir-dev"), dev);
    const count = async (namespace: string) => (await versions(namespace)).trim().split("\n").length;
    assert.equal(await count("avnir-staging"), await count("avnir-dev"));
  });

  it("lets the tools of the trade work: refresh finds nothing changed", async () => {
    const refreshed = await clone.pulumi(
      {},
      "refresh",
      "--yes",
      "--skip-preview",
      "--stack",
      "dev",
      "--non-interactive",
    );
    assert.match(refreshed, /\d+ unchanged/);
    assert.doesNotMatch(refreshed, /updated|deleted/);
  });

  it("and npm stop leaves the machine as it was: processes, mounts, links, rules, cgroups, ports; and the data", async () => {
    await clone.npm("stop");
    assert.deepEqual(clone.processes("/cluster"), []);
    assert.deepEqual(appeared(untouched, hostState(debian), clone.own), []);
    const printed = await clone.npm("start");
    assert.match(printed, /avnir dev is up and healthy: nothing changed\./);
  });
});
