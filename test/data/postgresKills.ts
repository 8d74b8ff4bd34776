import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Image } from "../components/backup/image.ts";
import { Server } from "../components/backup/server.ts";
import { isWhole, record } from "../proof.ts";

const kills = isWhole("data") ? 10 : 3;
/** More than any run writes. */
const most = 100_000;

describe("Postgres killed under writes", function postgres() {
  this.timeout("10m");
  let server: Server;

  before(async () => {
    server = await new Server(await Image.make(), "/tmp/killed").start();
    await server.sql("postgres", "CREATE TABLE kept (id int PRIMARY KEY)");
  });
  after(() => server?.stop());

  it(`has each row that it has acknowledged, after ${kills} times kill -9`, async () => {
    const acknowledged: number[] = [];
    let stopped = false;
    const writing = (async () => {
      for (let id = 0; id < most && !stopped; id++) {
        const done = await server.sql("postgres", `INSERT INTO kept VALUES (${id})`).then(
          () => true,
          () => false,
        );
        if (done) acknowledged.push(id);
      }
    })();
    const seconds: number[] = [];
    try {
      for (let kill = 0; kill < kills; kill++) {
        const before = acknowledged.length;
        while (acknowledged.length < before + 3) await sleep(20);
        const since = performance.now();
        await server.kill();
        await server.again();
        seconds.push((performance.now() - since) / 1000);
      }
    } finally {
      stopped = true;
      await writing;
    }
    const ids = await server.sql("postgres", "SELECT string_agg(id::text, ' ') FROM kept");
    const there = new Set(ids.split(" ").map(Number));
    const lost = acknowledged.filter((id) => !there.has(id)).length;
    const sorted = seconds.sort((a, b) => a - b);
    record("Postgres killed under writes", {
      kills: String(kills),
      acknowledged: `${acknowledged.length}, ${lost} of them lost`,
      "seconds until it answers": `${sorted[0]!.toFixed(1)} to ${sorted.at(-1)!.toFixed(1)}`,
    });
    equal(lost, 0);
    ok(acknowledged.length >= 3 * kills);
  });
});
