import { equal, match, notEqual } from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { postgres17 } from "../../local/images/postgres17/recipe.ts";
import { Image } from "../components/backup/image.ts";
import { ObjectStore } from "../components/backup/objectStore.ts";
import { ageKey, type Key, Place } from "../components/backup/place.ts";
import { Server } from "../components/backup/server.ts";
import { isWhole, record } from "../proof.ts";

const rows = isWhole("data") ? 1_000_000 : 20_000;
const filled = `CREATE ROLE shop_owner NOLOGIN;
  CREATE TABLE rows AS SELECT n AS id, md5(n::text) FROM generate_series(1, ${rows}) n;
  ALTER TABLE rows OWNER TO shop_owner; CREATE INDEX ON rows (id)`;
const content = "SELECT count(*) || ' ' || md5(string_agg(rows::text, '' ORDER BY id)) FROM rows";

describe("Postgres 15 and 17, and the way from one to the other", function majors() {
  this.timeout("10m");
  const store = new ObjectStore();
  const servers: Server[] = [];
  let older: Image;
  let newer: Image;
  let key: Key;
  let old: Server;

  const started = async (image: Image, name: string): Promise<Server> => {
    const server = await new Server(image, `/tmp/${name}`).start();
    servers.push(server);
    return server;
  };
  /** The same key, as a pod of another image has it. */
  const inNewer = (): Key => {
    newer.room("/tmp/keys");
    copyFileSync(join(older.folder, key.file), join(newer.folder, key.file));
    return key;
  };
  const timed = async (title: string, what: Promise<{ code: number; problem: string }>): Promise<string> => {
    const since = performance.now();
    const { code, problem } = await what;
    equal(code, 0, `${title}: ${problem}`);
    return `${((performance.now() - since) / 1000).toFixed(1)} s`;
  };

  before(async function images() {
    try {
      newer = await Image.make(postgres17);
    } catch (error) {
      console.log(
        `      skipped: another major can't be had here: ${(error as Error).message.trim().split("\n").at(-1)}`,
      );
      this.skip();
    }
    older = await Image.make();
    await store.start();
    key = await ageKey(older);
    old = await started(older, "old");
    await old.sql("postgres", "CREATE DATABASE shop");
    await old.sql("shop", filled);
  });
  after(() => Promise.all([store.stop(), ...servers.map((server) => server.stop())]));

  it(`a backup of 15 comes back in 17, all ${rows} rows; one of 17 is refused by 15, which has its own again`, async () => {
    const place = new Place(older, store, key);
    const saved = await timed("save", place.save(old));
    const before = await old.sql("shop", content);

    const next = await started(newer, "next");
    const there = new Place(newer, store, inNewer(), place.bucket);
    const restored = await timed("restore into 17", there.restore(next));
    match(await next.sql("shop", "SHOW server_version"), /^17\./);
    equal(await next.sql("shop", content), before);
    equal(await next.sql("shop", "SELECT tableowner FROM pg_tables WHERE tablename = 'rows'"), "shop_owner");

    const later = new Place(newer, store, key);
    await timed("save of 17", later.save(next));
    const back = await started(older, "back");
    const refused = await new Place(older, store, key, later.bucket).restore(back);
    notEqual(refused.code, 0);
    match(refused.problem, /was made by Postgres 17, and this server is 15: restore into 17 or later/);
    equal(await back.sql("shop", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");

    const returned = await timed("restore into 15", place.restore(back));
    equal(await back.sql("shop", content), before);
    const columns = { "saved of 15": saved, "restored into 17": restored, "and back into 15": returned };
    record("From Postgres 15 to 17, and back", { rows: String(rows), ...columns });
  });
});
