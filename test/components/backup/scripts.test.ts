import assert from "node:assert/strict";
import { copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drillRecord } from "../../../core/records/drillRecord.ts";
import { Image } from "./image.ts";
import { ObjectStore } from "./objectStore.ts";
import { ageKey, Place } from "./place.ts";
import { Server } from "./server.ts";
import { mostTries, Silence } from "./silence.ts";

const rows = 20_000;
const filled = `
  CREATE ROLE shop_owner NOLOGIN;
  CREATE EXTENSION pg_trgm;
  CREATE TABLE orders (id bigserial PRIMARY KEY, email text NOT NULL, body bytea, at timestamptz DEFAULT now());
  ALTER TABLE orders OWNER TO shop_owner;
  INSERT INTO orders (email, body) SELECT 'é' || n || '@example.com', decode(md5(n::text), 'hex') FROM generate_series(1, ${rows}) n;
  CREATE ROLE backup LOGIN BYPASSRLS;
  GRANT pg_read_all_data TO backup;`;
/** Ends the connection of the next dump while it reads rows. */
const cutOff = `DO $$ BEGIN
  FOR n IN 1..20000 LOOP
    PERFORM pg_stat_clear_snapshot(), pg_sleep(0.001);
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'pg_dump' AND query LIKE 'COPY%';
    EXIT WHEN FOUND;
  END LOOP;
END $$`;
/** One that Postgres would take in place of its own, were it found without its schema. */
const nearer = `CREATE FUNCTION public.shobj_description(oid, text) RETURNS text LANGUAGE plpgsql
  AS $$ BEGIN CREATE TABLE public.trapped (); RETURN NULL; END $$`;
const content = "SELECT count(*) || ' ' || md5(string_agg(orders::text, '' ORDER BY id)) FROM orders";

describe("the scripts of backups, with Postgres, age, rclone and an S3 server", function scripts() {
  this.timeout("10m");
  const store = new ObjectStore();
  let image: Image;
  let server: Server;
  let key: Awaited<ReturnType<typeof ageKey>>;
  let place: Place;

  before(async () => {
    image = await Image.make();
    await store.start();
    key = await ageKey(image);
    server = await new Server(image, "/tmp/server").start();
    await server.sql("postgres", "CREATE DATABASE shop");
    await server.sql("shop", filled);
  });
  after(() => Promise.all([server?.stop(), store.stop()]));
  beforeEach(() => {
    place = new Place(image, store, key);
  });

  let emptied = 0;
  const empty = async (): Promise<Server> => {
    const fresh = await new Server(image, `/tmp/empty-${emptied++}`).start();
    fresh_.push(fresh);
    return fresh;
  };
  const fresh_: Server[] = [];
  afterEach(async () => {
    for (const one of fresh_.splice(0)) await one.stop();
  });

  const saved = async (): Promise<string> => {
    const { code, out, problem } = await place.save(server, { PGUSER: "backup" });
    assert.equal(code, 0, problem);
    return JSON.parse(out.split("\n")[0]!).at;
  };
  /** A backup as it would be if it had been made some days ago. */
  const aged = (days: number): void => {
    const name = place.files().at(-1)!.split(".")[0]!;
    const old = new Date(Date.now() - days * 86_400_000).toISOString().replace(/[-:]|\.\d+/g, "");
    for (const end of ["age", "json"])
      renameSync(join(place.folder, `${name}.${end}`), join(place.folder, `${old}.${end}`));
  };
  const refused = (ended: { code: number; problem: string }, says: RegExp): void => {
    assert.notEqual(ended.code, 0);
    assert.match(ended.problem, says);
    assert.ok(ended.problem.trim().split("\n").length <= 2, ended.problem);
  };

  it("bring back every row that went in, with its owner, by a role that may only read [MP-98 MP-137 MP-143]", async () => {
    await saved();
    const other = await empty();
    const { code, out, problem } = await place.restore(other);
    assert.equal(code, 0, problem);
    assert.match(out, /restored \d+T\d+Z of production in \d+ s/);
    assert.equal(await other.sql("shop", content), await server.sql("shop", content));
    assert.match(await other.sql("shop", content), new RegExp(`^${rows} `));
    assert.equal(await other.sql("shop", "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"), "shop_owner");
    assert.equal(await other.sql("shop", "SELECT nextval('orders_id_seq')"), String(rows + 1));
    assert.doesNotMatch(readFileSync(join(place.folder, place.files()[0]!), "latin1"), /PGDMP|example\.com/);
  });

  it("restore once: again leaves it alone, and over tables of others nothing is done", async () => {
    await saved();
    const other = await empty();
    assert.equal((await place.restore(other)).code, 0);
    await other.sql("shop", "DELETE FROM orders WHERE id = 1");
    const again = await place.restore(other);
    assert.equal(again.code, 0, again.problem);
    assert.match(again.out, /restored by Palier from production\/\d+T\d+Z already/);
    assert.equal(await other.sql("shop", "SELECT count(*) FROM orders"), String(rows - 1));
    const before = await server.sql("shop", content);
    refused(await place.restore(server), /holds 1 tables, and nothing is restored over them/);
    assert.equal(await server.sql("shop", content), before);
  });

  it("run no function of an app's migrations as the superuser [MP-136 P-22]", async () => {
    await saved();
    const other = await empty();
    assert.equal((await place.restore(other)).code, 0);
    await other.sql("shop", nearer);
    const again = await place.restore(other);
    assert.equal(again.code, 0, again.problem);
    assert.match(again.out, /already/);
    assert.equal(await other.sql("shop", "SELECT to_regclass('public.trapped') IS NULL"), "t");
  });

  it("restore the newest of a time, which is its name, and say where there is none [MP-97]", async () => {
    await saved();
    aged(3);
    await saved();
    const other = await empty();
    const before = new Date(Date.now() - 86_400_000).toISOString().replace(/[-:]|\.\d+/g, "");
    refused(await place.restore(other, { FROM: "20200101T000000Z" }), /holds no backup in .* \(20200101T000000Z\)/);
    const { code, out, problem } = await place.restore(other, { FROM: before });
    assert.equal(code, 0, problem);
    assert.ok(out.includes(place.files()[0]!.split(".")[0]!), out);
  });

  const broken: Record<string, { harm: (file: string) => void; says: RegExp }> = {
    truncated: { harm: (file) => truncateSync(file, 5000), says: /is not as it was saved: it has 5000 bytes/ },
    tampered: {
      harm: (file) => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 100]! ^= 1;
        writeFileSync(file, bytes);
      },
      says: /is not as it was saved/,
    },
    gone: { harm: (file) => rmSync(file), says: /\.age can't be fetched/ },
  };
  for (const [how, { harm, says }] of Object.entries(broken)) {
    it(`refuse a backup that is ${how}`, async () => {
      await saved();
      harm(join(place.folder, place.files()[0]!));
      const other = await empty();
      refused(await place.restore(other), says);
      assert.equal(await other.sql("shop", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
      refused(await place.drill([{ sql: "SELECT 1", atLeast: "1" }]), says);
    });
  }

  it("refuse one that was changed together with its manifest, since the seal holds", async () => {
    await saved();
    const [sealed, manifest] = place.files().map((name) => join(place.folder, name)) as [string, string];
    const bytes = readFileSync(sealed);
    bytes[bytes.length - 100]! ^= 1;
    writeFileSync(sealed, bytes);
    const { createHash } = await import("node:crypto");
    const sum = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"sha256":"\w+"/, `"sha256":"${sum}"`));
    refused(await place.restore(await empty()), /can't be opened, by a wrong key or since it was changed/);
  });

  it("refuse a wrong key, and lose nothing", async () => {
    await saved();
    const files = place.files();
    const wrong = await ageKey(image);
    const other = await empty();
    refused(
      await place.restore(other, { AGE_IDENTITY_FILE: wrong.file }),
      /can't be opened, by a wrong key.*no identity matched/,
    );
    assert.deepEqual(place.files(), files);
  });

  it("open by the key that is left, where one of two is lost; and by none of somebody else's", async () => {
    const safe = await ageKey(image);
    const both = `${key.recipient} ${safe.recipient}`;
    const { code, problem } = await place.save(server, { PGUSER: "backup", AGE_RECIPIENTS: both });
    assert.equal(code, 0, problem);
    const other = await empty();
    const lost = await ageKey(image);
    refused(await place.restore(other, { AGE_IDENTITY_FILE: lost.file }), /can't be opened, by a wrong key/);
    const restored = await place.restore(other, { AGE_IDENTITY_FILE: safe.file });
    assert.equal(restored.code, 0, restored.problem);
    assert.equal(await other.sql("shop", content), await server.sql("shop", content));
  });

  it("refuse people's data in another environment without a mask, and let none of it be seen with one", async () => {
    await saved();
    const other = await empty();
    const staging = { ENVIRONMENT: "staging" };
    refused(
      await place.restore(other, staging),
      /holds what people left in production, and this is staging: give mask/,
    );
    refused(
      await place.restore(other, { ...staging, MASK: "UPDATE nowhere SET email = ''" }),
      /nothing of it was.*nowhere/,
    );
    assert.equal(await other.sql("shop", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), "0");
    const mask = "UPDATE public.orders SET email = 'user-' || id || '@example.invalid'";
    const { code, problem } = await place.restore(other, { ...staging, MASK: mask });
    assert.equal(code, 0, problem);
    assert.equal(await other.sql("shop", "SELECT count(*) FROM orders WHERE email LIKE '%@example.com'"), "0");
    assert.equal(await other.sql("shop", "SELECT count(*) FROM orders"), String(rows));
  });

  it("are not fooled by a manifest that calls production's backup staging's", async () => {
    await saved();
    const [sealed, manifest] = place.files() as [string, string];
    const staging = join(place.folder, "../../staging/db.shop");
    store.bucket(`${place.bucket}/shop/staging/db.shop`);
    copyFileSync(join(place.folder, sealed), join(staging, sealed));
    const text = readFileSync(join(place.folder, manifest), "utf8").replace("production", "staging");
    writeFileSync(join(staging, manifest), text);
    const told = { ENVIRONMENT: "staging", SOURCE_ENVIRONMENT: "staging" };
    refused(await place.restore(await empty(), told), /is of shop production, and its manifest says otherwise/);
  });

  it("refuse a backup of a newer major version", async () => {
    await saved();
    const [name] = place.files().at(-1)!.split(".") as [string];
    const opened = await image.run(
      [
        "sh",
        "-c",
        `cd "$WORK"; age -d -i "$KEY" "$SEALED" | sed '1s/"postgres":15/"postgres":99/' | age -r "$TO" > out`,
      ],
      {
        WORK: image.room("/tmp/newer"),
        KEY: key.file,
        TO: key.recipient,
        SEALED: copied(join(place.folder, `${name}.age`)),
      },
    );
    assert.equal(opened.code, 0, opened.problem);
    const bytes = readFileSync(join(image.folder, "/tmp/newer/out"));
    writeFileSync(join(place.folder, `${name}.age`), bytes);
    const { createHash } = await import("node:crypto");
    const sum = createHash("sha256").update(bytes).digest("hex");
    const manifest = join(place.folder, `${name}.json`);
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace(/"bytes":\d+,"sha256":"\w+"/, `"bytes":${bytes.length},"sha256":"${sum}"`));
    refused(await place.restore(await empty()), /made by Postgres 99, and this server is 15: restore into 99 or later/);
  });
  const copied = (file: string): string => {
    copyFileSync(file, join(image.folder, "tmp/copied"));
    return "/tmp/copied";
  };

  it("remove what is out of date, and never the last ones [MP-100 DP-80]", async () => {
    for (const days of [90, 60, 45, 10]) {
      await saved();
      aged(days);
    }
    await saved();
    assert.equal(place.files().length, 4, "90, 60 and 45 days are over, 10 days and today are left");
    for (const days of [80, 50]) aged(days);
    const { code, out } = await place.save(server, { KEEP_DAYS: "1", KEEP_AT_LEAST: "3" });
    assert.equal(code, 0);
    assert.equal(place.files().length, 6, out);
  });

  it("count a backup only with what its manifest tells of, and remove what broke off", async () => {
    await saved();
    aged(3);
    rmSync(join(place.folder, place.files().find((name) => name.endsWith(".json"))!));
    await saved();
    assert.equal(place.files().length, 2);
    assert.match(place.files()[0]!, new RegExp(`^${new Date().toISOString().slice(0, 10).replaceAll("-", "")}`));
  });

  it("leave the previous one when the dump breaks off", async () => {
    await saved();
    const files = place.files();
    await server.sql("shop", "CREATE TABLE many AS SELECT n, md5(n::text) FROM generate_series(1, 500000) n");
    const cut = server.sql("shop", cutOff);
    refused(
      await place.save(server, { PGUSER: "backup" }),
      /the dump broke off, and what is stored stays as it was: pg_dump/,
    );
    await cut;
    await server.sql("shop", "DROP TABLE many");
    await server.sql(
      "shop",
      "CREATE TABLE secrets (id int); ALTER TABLE secrets ENABLE ROW LEVEL SECURITY; ALTER ROLE backup NOBYPASSRLS",
    );
    try {
      refused(await place.save(server, { PGUSER: "backup" }), /the dump broke off.*row-level security/);
    } finally {
      await server.sql("shop", "DROP TABLE secrets; ALTER ROLE backup BYPASSRLS");
    }
    assert.deepEqual(place.files(), files);
  });

  it("save what Keycloak has exported, for the holders of the key alone, and keep as much of it as of dumps [MP-140]", async () => {
    const folder = image.room(`/tmp/exported-${place.bucket}`);
    refused(await place.saveFolder(folder), /nothing was exported, and what is stored stays as it was/);
    const realm = '{"realm":"shop","clients":[{"secret":"zQ7hidden"}]}';
    writeFileSync(join(image.folder, folder, "shop-realm.json"), realm, { mode: 0o644 });
    const { code, out, problem } = await place.saveFolder(folder);
    assert.equal(code, 0, problem);
    assert.equal(JSON.parse(out.split("\n")[0]!).files, 1);
    const [sealed] = place.files();
    assert.doesNotMatch(readFileSync(join(place.folder, sealed!), "latin1"), /zQ7hidden/);
    const opened = ["sh", "-c", 'age -d -i "$KEY" "$SEALED" | tail -c +1025 | tar -xzO ./shop-realm.json'];
    const read = await image.run(opened, { KEY: key.file, SEALED: copied(join(place.folder, sealed!)) });
    assert.equal(read.out, realm, read.problem);
    for (const days of [90, 60]) {
      aged(days);
      assert.equal((await place.saveFolder(folder)).code, 0);
    }
    assert.equal(place.files().length, 4, "the newest and the last one before are left");
    refused(
      await place.saveFolder(folder, { STORE: "store:nowhere" }),
      /the export can't be stored, and what is stored/,
    );
  });

  it("say that the store is unreachable, unknown or closed, and lose nothing", async () => {
    await saved();
    const files = place.files();
    refused(await place.save(server, { RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY: "wrong" }), /the store can't be read/);
    refused(
      await place.save(server, { STORE: "store:nowhere" }),
      /can't be stored, and what is stored stays as it was/,
    );
    await store.stop();
    try {
      refused(await place.save(server), /the store can't be read: .*caused by.*(refused|connect)/);
    } finally {
      await store.start();
    }
    assert.deepEqual(place.files(), files);
  });

  for (const [when, afterBytes] of Object.entries({ "from the beginning": 0, "in the middle of a dump": 20_000 })) {
    it(`give up on a store that goes silent ${when}, and lose nothing`, async () => {
      await saved();
      const files = place.files();
      const silence = await Silence.begin(store.port, afterBytes);
      try {
        const more = { RCLONE_CONFIG_STORE_ENDPOINT: silence.endpoint, RCLONE_TIMEOUT: "2s" };
        refused(await place.save(server, more), /can't be (read|stored).*timeout/);
      } finally {
        silence.end();
      }
      assert.ok(silence.tries > 0 && silence.tries <= mostTries, `it tried ${silence.tries} times`);
      // This server shows what has come of an upload that broke off: without a manifest it does not count.
      const now = place.files();
      assert.deepEqual(
        now.filter((name) => files.includes(name) || name.endsWith(".json")),
        files,
      );
    });
  }

  it("say that the store is full, and the backup does not count", async () => {
    await store.stop();
    await store.start({ bucket: place.bucket, bytes: 65536 });
    try {
      refused(await place.save(server), /the dump can't be stored|does not give back what was sent/);
      refused(await place.restore(await empty()), /holds no backup/);
    } finally {
      await store.stop();
      await store.start();
    }
  });

  it("refuse a store that holds another environment's backups", async () => {
    await saved();
    refused(
      await place.save(server, { ENVIRONMENT: "staging" }),
      /the store holds backups of production\/ too: give each environment a bucket or a prefix of its own/,
    );
  });

  it("try the newest one on a server of its own, and write down what it took [DP-29 DP-83 MP-145]", async () => {
    await saved();
    const assertions = [
      { sql: "SELECT count(*) FROM orders", atLeast: String(rows) },
      { sql: "SELECT extract(epoch FROM now() - max(at)) FROM orders", atMost: "86400" },
    ];
    const { code, out, problem } = await place.drill(assertions);
    assert.equal(code, 0, problem);
    const record = drillRecord.parse(JSON.parse(out.split("\n")[0]!));
    assert.equal(record.result, "passed");
    assert.equal(record.assertions[0], rows);
    assert.ok(record.rtoSeconds! >= 0 && record.rpoSeconds! >= 0);
    assert.match(
      out,
      /^palier_drill_rto_seconds\{system="shop",environment="production",server="db",database="shop"\} \d+$/m,
    );
    assert.match(out, /^palier_drill_passed\{.*\} 1$/m);
    const [file] = (await import("node:fs")).readdirSync(join(place.folder, "drills"));
    assert.deepEqual(JSON.parse(readFileSync(join(place.folder, "drills", file!), "utf8")), record);
  });

  it("record a drill that fails: nothing saved, too few rows, too old, no number", async () => {
    const none = await place.drill([{ sql: "SELECT 1", atLeast: "1" }]);
    refused(none, /holds no backup/);
    assert.equal(drillRecord.parse(JSON.parse(none.out.split("\n")[0]!)).backup, undefined);
    await saved();
    const failures: [Parameters<Place["drill"]>[0], Record<string, string>, RegExp][] = [
      [
        [{ sql: "SELECT count(*) FROM orders", atLeast: "999999" }],
        {},
        /1 of 1 assertions do not hold: 20000 where at least 999999/,
      ],
      [[{ sql: "SELECT 1", atLeast: "1" }], { RPO_SECONDS: "-1" }, /the newest backup is \d+ s old/],
      [[{ sql: "SELECT 'x'", atLeast: "1" }], {}, /gives no number/],
    ];
    for (const [assertions, more, says] of failures) {
      const ended = await place.drill(assertions, more);
      refused(ended, says);
      const record = drillRecord.parse(JSON.parse(ended.out.split("\n")[0]!));
      assert.equal(record.result, "failed");
      assert.match(record.reason!, says);
      assert.match(ended.out, /^palier_drill_passed\{.*\} 0$/m);
    }
  });
});
