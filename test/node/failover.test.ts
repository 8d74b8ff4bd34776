import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openClone } from "../../local/clone.ts";
import { prepareBuilder } from "../../local/images/builder.ts";
import { haproxy } from "../../local/images/haproxy/recipe.ts";
import { prepareImage } from "../../local/images.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { killContainer } from "./faults/killContainer.ts";
import { servingPods } from "./faults/servingPods.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode, type Machine } from "./machine.ts";

const kills = Number(process.env["PALIER_KILLS"] ?? 2);
const writer = readFileSync(join(import.meta.dirname, "failover/writer.mjs"), "utf8");

/** Of Debian's package, in the node's registry: a start does not bring it. */
async function haproxyImage({ home, registry }: Machine): Promise<string> {
  const { cache } = await openClone();
  const quiet = { say: () => {}, progress: () => {} };
  const builder = await prepareBuilder(quiet, { cache, home }, registry);
  return prepareImage(quiet, { cache, registry, builder }, haproxy);
}

describeOnNode("a queue with failover", function (machine) {
  this.timeout("10m");
  const trial = new AvnirTrial(machine, "pr-41");
  const { namespace } = trial;
  const on = (...args: string[]) => kubectl(machine, "-n", namespace, ...args);

  before("up", async () => {
    const images = { redis: machine.images.redis, node: machine.images.nodeBase, haproxy: await haproxyImage(machine) };
    const main = join(import.meta.dirname, "failover/system.ts");
    await trial.init("dev", { main, config: { "avnir:images": images } });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  });
  after(() => trial.drop());

  const primary = async (): Promise<string> => {
    const ask = `REDISCLI_AUTH="$ADMIN_PASSWORD" redis-cli -p 26379 --raw SENTINEL get-master-addr-by-name main`;
    for (const pod of ["queue-0", "queue-1", "queue-2"]) {
      const said = await on("exec", pod, "-c", "sentinel", "--", "sh", "-c", ask).catch(() => "");
      if (/^queue-\d/.test(said)) return said.split("\n")[0]!.trim();
    }
    throw new Error("no Sentinel answers");
  };

  it(`loses no write that a replica has confirmed, while the pod of its primary is killed ${kills} times`, async () => {
    const seconds = 30 + 45 * kills;
    const writing = on("exec", "deploy/api", "--", "node", "--input-type=module", "-e", writer, "--", String(seconds));
    const primaries: string[] = [];
    for (let kill = 0; kill < kills; kill++) {
      await sleep(kill === 0 ? 10_000 : 40_000);
      const name = await primary();
      primaries.push(name);
      const pods = await servingPods(machine, namespace, "app.kubernetes.io/name=queue");
      killContainer(pods.find((pod) => pod.name === name)!);
    }
    const { acknowledged, confirmed, lost, gaps } = JSON.parse((await writing).trim().split("\n").at(-1)!);
    const times = gaps.map((gap: number) => (gap / 1000).toFixed(1)).join(", ");
    console.log(
      `      ${acknowledged} acknowledged, ${confirmed} confirmed, ${lost} of them lost; gaps of ${times} s; ${primaries}`,
    );
    assert.equal(lost, 0);
    assert.ok(confirmed > 100);
    assert.ok(Math.max(...gaps) < 60_000);
  });
});
