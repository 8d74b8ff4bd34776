import { deepEqual, equal, match, notEqual, ok } from "node:assert/strict";
import { readFileSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { drillMongo } from "../../../components/backup/scripts/mongo/drill.ts";
import { restoreMongo } from "../../../components/backup/scripts/mongo/restore.ts";
import { saveMongo } from "../../../components/backup/scripts/mongo/save.ts";
import { drillRecord } from "../../../core/records/drillRecord.ts";
import { mongo } from "../../../local/images/mongo/recipe.ts";
import { StandIn } from "../mongo/standIn.ts";
import { type Ended, Image } from "./image.ts";
import { ObjectStore } from "./objectStore.ts";
import { ageKey, Place } from "./place.ts";

const documents = 20_000;

describe("the scripts of a MongoDB's backups, with its own tools, on FerretDB in its place", function scripts() {
  this.timeout("15m");
  const store = new ObjectStore();
  const server = new StandIn();
  const others: StandIn[] = [];
  let image: Image;
  let key: Awaited<ReturnType<typeof ageKey>>;
  let place: Place;

  const at = ({ user, password, port, database }: StandIn, other = password) => ({
    MONGO_ADDRESS: `mongodb://${user}:${other}@127.0.0.1:${port}/${database}?authMechanism=SCRAM-SHA-256&serverSelectionTimeoutMS=3000`,
  });
  const tool = async (target: StandIn, script: string): Promise<string> => {
    const begin = `cd "$WORK"; printf "uri: '%s'\\n" "$MONGO_ADDRESS" > address; `;
    const work = image.room(`/tmp/tool-${target.port}`);
    const { code, out, problem } = await image.run(["sh", "-ec", begin + script], { ...at(target), WORK: work });
    equal(code, 0, problem);
    return out.trim();
  };
  const insert = (target: StandIn, collection: string, from: number, count: number) =>
    tool(
      target,
      `seq ${from} ${from + count - 1} | sed 's/.*/{"_id":&,"email":"é&@example.com","paid":true}/' | mongoimport --config address --db shop --collection ${collection} --quiet`,
    );
  const content = (target: StandIn) =>
    tool(target, "mongoexport --config address --db shop --collection orders --quiet | sort | sha256sum");
  const empty = async (): Promise<StandIn> => {
    const other = await new StandIn().start();
    others.push(other);
    return other;
  };
  const save = (more: Record<string, string> = {}) =>
    place.run(saveMongo, { PATIENCE: "20", ...at(server), ...place.kept, ...more });
  const restore = (target: StandIn, more: Record<string, string> = {}) => {
    const from = { FROM: "latest", SOURCE_ENVIRONMENT: "production", SOURCE_SERVER: "db" };
    return place.run(restoreMongo, { PATIENCE: "60", ...at(target), ...from, ...place.opens, ...more });
  };
  const drill = (collection: string, query: string, atLeast: number) =>
    place.run(drillMongo, {
      ...{ PATIENCE: "60", ASSERTION_0_AT_MOST: "" },
      ...{ RPO_SECONDS: "86400", RTO_SECONDS: "14400", ASSERTIONS: "1" },
      ...{ ASSERTION_0_COLLECTION: collection, ASSERTION_0_QUERY: query, ASSERTION_0_AT_LEAST: String(atLeast) },
      ...place.opens,
    });
  const refused = ({ code, problem }: Ended, says: RegExp): void => {
    notEqual(code, 0);
    match(problem, says);
    ok(problem.trim().split("\n").length <= 2, problem);
    equal(problem.includes(server.password), false, "the password is shown");
  };

  before(async () => {
    image = await Image.make(mongo);
    await store.start();
    key = await ageKey(image);
    await server.start();
    await insert(server, "orders", 1, documents);
  });
  after(() => Promise.all([server.stop(), store.stop()]));
  beforeEach(() => {
    place = new Place(image, store, key);
  });
  afterEach(() => Promise.all(others.splice(0).map((other) => other.stop())));

  const saved = async (): Promise<void> => {
    const { code, out, problem } = await save();
    equal(code, 0, problem);
    match(out, /"mongo":"[^"]+","at":\d+,"bytes":\d+,"sha256":"[0-9a-f]{64}"/);
  };

  it("bring back every document that went in, once, and show none of it to who lacks the key [DP-28 DP-29]", async () => {
    await saved();
    const other = await empty();
    const { code, out, problem } = await restore(other);
    equal(code, 0, problem);
    match(out, /restored \d+T\d+Z of production in \d+ s/);
    equal(await content(other), await content(server));
    await insert(other, "orders", documents + 1, 1);
    const again = await restore(other);
    equal(again.code, 0, again.problem);
    match(again.out, /restored by Palier from production\/\d+T\d+Z already/);
    notEqual(await content(other), await content(server), "what came since is still there");
    ok(!readFileSync(join(place.folder, place.files()[0]!), "latin1").includes("example.com"));
  });

  it("restore nothing over collections that are there, and nothing of another environment", async () => {
    await saved();
    const before = await content(server);
    refused(await restore(server), /holds 1 collections, and nothing is restored over them/);
    equal(await content(server), before);
    const other = await empty();
    refused(await restore(other, { ENVIRONMENT: "staging" }), /left in production, and this is staging: nothing masks/);
    equal(await tool(other, "mongoexport --config address --db shop --collection orders --quiet"), "");
  });

  it("begin a restore that broke off anew", async () => {
    await saved();
    const other = await empty();
    const begun = `echo '{"_id":"restore","from":"production/1","state":"begun"}' | mongoimport --config address --db shop --collection palier_restored --quiet`;
    await tool(other, begun);
    await insert(other, "orders", 1, 10);
    const { code, problem } = await restore(other);
    equal(code, 0, problem);
    equal(await content(other), await content(server));
  });

  it("refuse a wrong key and a backup that is truncated", async () => {
    await saved();
    const wrong = await ageKey(image);
    const other = await empty();
    refused(await restore(other, { AGE_IDENTITY_FILE: wrong.file }), /can't be opened, by a wrong key/);
    truncateSync(join(place.folder, place.files()[0]!), 5000);
    refused(await restore(other), /is not as it was saved: it has 5000 bytes/);
    equal(await tool(other, "mongoexport --config address --db shop --collection orders --quiet"), "");
  });

  it("leave the previous one when the dump breaks off, the password is wrong or the database has another name", async () => {
    await saved();
    const files = place.files();
    const dying = await empty();
    await insert(dying, "orders", 1, 50_000);
    const breaking = save(at(dying));
    setTimeout(() => void dying.stop(), 400);
    refused(await breaking, /the dump broke off, and what is stored stays as it was: .*(silent|socket|EOF|connection)/);
    refused(await save(at(server, "another")), /the dump broke off.*Authentication failed/);
    const bare = await empty();
    refused(await save(at(bare)), /the server has no collection in shop, and what is stored stays as it was/);
    deepEqual(place.files(), files);
  });

  it("try the newest one on a server of its own, whose documents are counted [DP-29 DP-83]", async () => {
    await saved();
    const passed = await drill("orders", '{"_id":{"$gt":10}}', documents - 10);
    equal(passed.code, 0, passed.problem);
    const { result, assertions } = drillRecord.parse(JSON.parse(passed.out.split("\n")[0]!));
    deepEqual([result, assertions], ["passed", [documents - 10]]);
    match(passed.out, /^palier_drill_passed\{.*\} 1$/m);
    refused(
      await drill("orders", "", documents + 1),
      /1 of 1 assertions do not hold: 20000 where at least 20001.*orders/,
    );
  });
});
