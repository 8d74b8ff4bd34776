import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Image } from "../backup/image.ts";
import { ObjectStore } from "../backup/objectStore.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/backups.md"), "utf8");
/** As docs/backups.md has it. */
const [, command] = /'(exec rclone sync [^']+)'/.exec(page)!;

/** Two real S3 servers, and the rclone of the backup image between them. */
describe("the copy of an object store, by the command that docs/backups.md gives", function copies() {
  this.timeout("3m");
  const [from, to] = [new ObjectStore(), new ObjectStore()];
  let image: Image;

  before(async () => {
    image = await Image.make();
    from.bucket("uploads");
    to.bucket("copies");
    for (const store of [from, to]) await store.start();
  });
  after(() => Promise.all([from.stop(), to.stop()]));

  const place = (name: string, { endpoint, keys }: ObjectStore) => ({
    [`RCLONE_CONFIG_${name}_TYPE`]: "s3",
    [`RCLONE_CONFIG_${name}_PROVIDER`]: "Other",
    [`RCLONE_CONFIG_${name}_ENDPOINT`]: endpoint,
    [`RCLONE_CONFIG_${name}_ACCESS_KEY_ID`]: keys.id,
    [`RCLONE_CONFIG_${name}_SECRET_ACCESS_KEY`]: keys.secret,
  });
  const copied = async () => {
    await from.seen();
    const variables = { ...place("FROM", from), ...place("TO", to), FROM_BUCKET: "uploads", TO_BUCKET: "copies" };
    const { code, problem } = await image.run(["sh", "-c", command!], variables);
    equal(code, 0, problem);
    await to.seen();
  };
  const uploaded = (file: string) => join(from.folder, "uploads", file);
  const copy = (file: string) => readFileSync(join(to.folder, "copies", file), "utf8");

  it("has each file afterwards, and keeps what was changed or deleted since, under the day's date [MP-142]", async () => {
    mkdirSync(uploaded("a"));
    writeFileSync(uploaded("a/drawing.step"), "first");
    writeFileSync(uploaded("part.stl"), "kept");
    await copied();
    deepEqual([copy("now/a/drawing.step"), copy("now/part.stl")], ["first", "kept"]);

    writeFileSync(uploaded("a/drawing.step"), "second one");
    rmSync(uploaded("part.stl"));
    await copied();
    equal(copy("now/a/drawing.step"), "second one");
    deepEqual(readdirSync(join(to.folder, "copies/now")), ["a"]);
    const [day, ...others] = readdirSync(join(to.folder, "copies/before"));
    deepEqual([day, others], [new Date().toISOString().slice(0, 10), []]);
    deepEqual([copy(`before/${day}/a/drawing.step`), copy(`before/${day}/part.stl`)], ["first", "kept"]);
  });

  it("fails where the other place is not there, and loses nothing of either", async () => {
    await to.stop();
    const variables = { ...place("FROM", from), ...place("TO", to), FROM_BUCKET: "uploads", TO_BUCKET: "copies" };
    const quick = { RCLONE_RETRIES: "1", RCLONE_LOW_LEVEL_RETRIES: "1", RCLONE_CONTIMEOUT: "1s" };
    const { code } = await image.run(["sh", "-c", command!], { ...variables, ...quick });
    equal(code === 0, false);
    equal(readFileSync(uploaded("a/drawing.step"), "utf8"), "second one");
    equal(copy("now/a/drawing.step"), "second one");
    await to.start();
  });
});
