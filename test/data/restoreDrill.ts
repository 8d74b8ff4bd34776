import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Image } from "../components/backup/image.ts";
import { ObjectStore } from "../components/backup/objectStore.ts";
import { ageKey, Place } from "../components/backup/place.ts";
import { Server } from "../components/backup/server.ts";
import { isWhole, record } from "../proof.ts";

const rows = isWhole("data") ? 1_000_000 : 20_000;

describe("a restore drill of many rows", function drill() {
  this.timeout("20m");
  const store = new ObjectStore();
  let image: Image;
  let server: Server;

  before(async () => {
    image = await Image.make();
    await store.start();
    server = await new Server(image, "/tmp/server").start();
    await server.sql("postgres", "CREATE DATABASE shop");
    await server.sql("shop", `CREATE TABLE rows AS SELECT n AS id, md5(n::text) FROM generate_series(1, ${rows}) n`);
  });
  after(() => Promise.all([server?.stop(), store.stop()]));

  it(`finds all ${rows} of them in a throwaway server, and says how old they are and how long it took`, async () => {
    const place = new Place(image, store, await ageKey(image));
    const since = performance.now();
    const saved = await place.save(server);
    const seconds = (performance.now() - since) / 1000;
    equal(saved.code, 0, saved.problem);
    const drilled = await place.drill([{ sql: "SELECT count(*) FROM public.rows", atLeast: String(rows) }]);
    const { result, assertions, rpoSeconds, rtoSeconds, reason } = JSON.parse(drilled.out.split("\n")[0]!);
    deepEqual([result, assertions], ["passed", [rows]], reason);
    const files = readdirSync(place.folder).filter((name) => name.endsWith(".age"));
    const bytes = files.reduce((sum, name) => sum + statSync(join(place.folder, name)).size, 0);
    record("A restore drill", {
      rows: String(rows),
      "saved in": `${seconds.toFixed(1)} s`,
      sealed: `${(bytes / 1e6).toFixed(1)} MB`,
      RPO: `${rpoSeconds} s`,
      RTO: `${rtoSeconds} s`,
    });
  });
});
