import assert from "node:assert/strict";
import { note, noteContraction } from "../../../components/rollout/history.ts";
import { Cluster } from "../../../core/cluster/cluster.ts";
import { readHistory, wayBack } from "../../../core/records/history.ts";
import { FakeApi } from "../../core/cluster/fakeApi.ts";

const image = `shop@sha256:${"a1b2c3d4".repeat(8)}`;
const inputs = { metadata: { annotations: { "palier.dev/image": image } } };
const now = new Date("2026-11-22T05:00:00Z");

describe("what a release leaves on record once it is good", () => {
  let api: FakeApi;
  let kept: string | undefined;
  beforeEach(async () => {
    kept = undefined;
    api = await new FakeApi(({ method, body }) => {
      if (method === "PATCH") kept = (body as { data: { history: string } }).data.history;
      return { body: { metadata: { name: "api-releases" }, data: { history: kept } } };
    }).start();
  });
  afterEach(() => api.stop());
  const cluster = () => new Cluster({ kubeconfig: api.kubeconfig, context: "fake", namespace: "shop" });

  const other = image.replaceAll("a1", "b1");
  const noteOther = () => note(cluster(), "api", { metadata: { annotations: { "palier.dev/image": other } } }, now);
  const contracts = () => JSON.parse(kept!).map((one: { contract?: true }) => one.contract);

  it("is its name, its image and since when", async () => {
    await note(cluster(), "api", inputs, now);
    const own = { release: "a1b2c3d4", image, at: "2026-11-22T05:00:00.000Z" };
    assert.deepEqual(JSON.parse(kept!), [own]);
    await noteOther();
    assert.deepEqual(
      JSON.parse(kept!).map((one: { image: string }) => one.image),
      [image, other],
    );
  });

  it("is that the last one takes something away, from before it does, and nothing older can come back", async () => {
    await noteContraction(cluster(), "api", image);
    assert.equal(kept, undefined, "there was nothing before the first");
    await note(cluster(), "api", inputs, now);
    await noteOther();
    await noteContraction(cluster(), "api", other);
    assert.deepEqual(contracts(), [undefined, true]);
    assert.match(String(wayBack(readHistory(kept))), /the migration of b1b2c3d4 .* took away what a1b2c3d4 needs/);
    await noteOther();
    assert.deepEqual(contracts(), [undefined, true], "the next update forgets it not");
  });

  it("keeps a contraction back whose image was never released without it", async () => {
    await note(cluster(), "api", inputs, now);
    const says = /the last good release of api is shop@sha256:a1\S+: release shop@sha256:b1\S+ without it first/;
    await assert.rejects(noteContraction(cluster(), "api", other), says);
    assert.deepEqual(contracts(), [undefined]);
  });

  it("is written as a manager of its own, so that the engine sees no change", async () => {
    await note(cluster(), "api", inputs, now);
    assert.equal(api.asked.at(-1)!.query["fieldManager"], "palier-history");
  });

  it("is nothing where there is no list yet", async () => {
    api.answer = () => undefined;
    await note(cluster(), "api", inputs, now);
    assert.equal(kept, undefined);
  });
});
