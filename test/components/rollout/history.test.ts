import assert from "node:assert/strict";
import { note } from "../../../components/rollout/history.ts";
import { Cluster } from "../../../core/cluster/cluster.ts";
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

  it("is its name, its image and since when, and that nothing older can come back where it took something away", async () => {
    await note(cluster(), "api", inputs, false, now);
    const own = { release: "a1b2c3d4", image, at: "2026-11-22T05:00:00.000Z" };
    assert.deepEqual(JSON.parse(kept!), [own]);
    const other = { metadata: { annotations: { "palier.dev/image": image.replaceAll("a1", "b1") } } };
    await note(cluster(), "api", other, true, now);
    assert.deepEqual(
      JSON.parse(kept!).map((one: { contract?: true }) => one.contract),
      [undefined, true],
    );
  });

  it("is written as a manager of its own, so that the engine sees no change", async () => {
    await note(cluster(), "api", inputs, false, now);
    assert.equal(api.asked.at(-1)!.query["fieldManager"], "palier-history");
  });

  it("is nothing where there is no list yet", async () => {
    api.answer = () => undefined;
    await note(cluster(), "api", inputs, false, now);
    assert.equal(kept, undefined);
  });
});
