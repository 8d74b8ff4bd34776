import { equal, match } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Image } from "../components/backup/image.ts";
import { Server } from "../components/backup/server.ts";

/** More rows of some megabytes than the disk has room for. */
const most = 200;

describe("a Postgres whose disk is full", function full() {
  this.timeout("5m");
  let disk: string;
  let server: Server;

  before(async () => {
    const image = await Image.make();
    disk = join(image.folder, image.room("/tmp/full"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=160m,uid=999,gid=999", "disk", disk]);
    const wal = ["-c", "max_wal_size=32MB", "-c", "min_wal_size=32MB"];
    server = await new Server(image, "/tmp/full", { settings: [...wal, "-c", "fsync=on"] }).start();
    const table = "CREATE TABLE kept (id int PRIMARY KEY, body text); ALTER TABLE kept ALTER body SET STORAGE EXTERNAL";
    await server.sql("postgres", table);
  });
  after(async () => {
    await server?.stop();
    execFileSync("umount", ["--lazy", disk]);
  });

  it("says so, has every row that it has acknowledged, and goes on where there is room again", async () => {
    let acknowledged = 0;
    let refused = "";
    while (refused === "" && acknowledged < most) {
      const body = "SELECT string_agg(md5(n::text), '') FROM generate_series(1, 100000) n";
      await server.sql("postgres", `INSERT INTO kept VALUES (${acknowledged}, (${body}))`).then(
        () => acknowledged++,
        (error: Error) => {
          refused = error.message;
        },
      );
    }
    match(refused, /No space left on device|Check free disk space|server closed the connection/);
    await server.stop();
    execFileSync("mount", ["-o", "remount,size=600m", disk]);
    await server.again();
    equal(await server.sql("postgres", "SELECT count(*) FROM kept WHERE length(body) = 3200000"), String(acknowledged));
    equal(await server.sql("postgres", `INSERT INTO kept VALUES (${most}, '') RETURNING id`), String(most));
  });
});
