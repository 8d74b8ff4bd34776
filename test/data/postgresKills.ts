import { equal, ok } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Image } from "../components/backup/image.ts";
import { Server } from "../components/backup/server.ts";
import { isWhole, record } from "../proof.ts";

const kills = isWhole("data") ? 10 : 3;
/** Sessions that write at once, and how many rows each writes before another one takes its place. */
const [writers, rows] = [4, 500];

describe("Postgres killed under writes", function postgres() {
  this.timeout("10m");
  let image: Image;
  let server: Server;

  /** One session, which ends where the server does. Returns the rows that were acknowledged by then. */
  const session = async (first: number): Promise<number[]> => {
    const file = `${image.room("/tmp/rows")}/${first}.sql`;
    const lines = Array.from(
      { length: rows },
      (_, index) => `INSERT INTO kept VALUES (${first + index}) RETURNING id;`,
    );
    writeFileSync(join(image.folder, file), lines.join("\n"), { mode: 0o644 });
    const command = ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-f", file];
    const { out } = await image.run(command, server.variables("postgres"));
    return out
      .trim()
      .split("\n")
      .filter((line) => line !== "")
      .map(Number);
  };

  before(async () => {
    image = await Image.make();
    server = await new Server(image, "/tmp/killed", { settings: ["-c", "fsync=on"] }).start();
    await server.sql("postgres", "CREATE TABLE kept (id int PRIMARY KEY)");
  });
  after(() => server?.stop());

  it(`has each row that it has acknowledged, after ${kills} times kill -9`, async () => {
    const acknowledged: number[] = [];
    let stopped = false;
    const write = async (_: unknown, writer: number) => {
      for (let first = writer * 1_000_000; !stopped; first += rows) acknowledged.push(...(await session(first)));
    };
    const writing = Promise.all(Array.from({ length: writers }, write));
    const seconds: number[] = [];
    try {
      for (let kill = 0; kill < kills; kill++) {
        const before = acknowledged.length;
        while (acknowledged.length < before + 3) await sleep(20);
        // Now in the middle of a session, now at its begin.
        await sleep(100 * (kill % 4));
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
