import assert from "node:assert/strict";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { diffInputs } from "../../local/grpc/diff.ts";
import { ResourceInitFailed, toServiceError } from "../../local/grpc/failure.ts";
import { fromStruct, toStruct } from "../../local/grpc/marshal.ts";
import { toDiffResponse } from "../../local/grpc/provider-messages.ts";
import { providerService } from "../../local/grpc/provider-service.ts";
import { engineAddress, listen } from "../../local/grpc/serve.ts";
import {
  Archive,
  Asset,
  hasSecrets,
  hasUnknowns,
  Reference,
  reveal,
  Secret,
  unknown,
} from "../../local/grpc/values.ts";

describe("plugin base", () => {
  it("brings every kind of value through the wire and back", () => {
    const map = {
      plain: { text: "a", number: 1.5, yes: true, nothing: null, list: [1, "two", { three: 3 }] },
      secret: new Secret({ deep: unknown }),
      unknown,
      asset: new Asset({ text: "hello", hash: "1" }),
      archive: new Archive({ assets: { "a.txt": new Asset({ path: "a.txt" }), more: new Archive({ path: "m.tgz" }) } }),
      reference: new Reference("urn:pulumi:s::p::t::n", unknown, "1.0.0"),
      component: new Reference("urn:pulumi:s::p::t::n"),
      dropped: undefined,
    };
    const { dropped: _, ...kept } = map;
    const back = fromStruct(toStruct(map));
    // Through bytes too, as on the real wire.
    const bytes = fromStruct(struct.Struct.deserializeBinary(toStruct(map).serializeBinary()));
    for (const result of [back, bytes]) {
      assert.deepEqual(JSON.parse(JSON.stringify(result)), JSON.parse(JSON.stringify(kept)));
      assert.ok(result["secret"] instanceof Secret);
      assert.equal(result["unknown"], unknown);
      assert.ok(result["asset"] instanceof Asset && result["archive"] instanceof Archive);
      assert.ok(result["reference"] instanceof Reference && result["reference"].id === unknown);
      assert.ok(result["component"] instanceof Reference && result["component"].id === undefined);
    }
  });

  it("reads an output as its value, its secret or an unknown", () => {
    const signature = { "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
    const read = fromStruct(
      toStruct({
        known: { ...signature, value: 1, dependencies: ["urn"] },
        secret: { ...signature, value: 1, secret: true },
        neither: { ...signature },
      }),
    );
    assert.equal(read["known"], 1);
    assert.deepEqual(read["secret"], new Secret(1));
    assert.equal(read["neither"], unknown);
  });

  it("finds secrets and unknowns at any depth, and opens secrets", () => {
    const map = { a: [{ b: new Secret({ c: [unknown] }) }] };
    assert.ok(hasSecrets(map) && hasUnknowns(map));
    assert.ok(!hasSecrets({ a: [unknown] }) && !hasUnknowns({ a: new Secret(1) }));
    assert.deepEqual(reveal(map), { a: [{ b: { c: [unknown] } }] });
    assert.deepEqual(new Secret(new Secret(1)), new Secret(1));
  });

  it("names the paths of a diff, secrets and unknowns included", () => {
    const olds = { keep: 1, list: [{ a: 1 }, 2], gone: true, key: new Secret("x"), "a.b": { c: 1 }, late: 1 };
    const news = { keep: 1, list: [{ a: 2 }], key: "x", "a.b": { c: 2 }, late: unknown, fresh: null };
    const diff = diffInputs(olds, news, (path) => path.startsWith("list"));
    assert.deepEqual(diff.detailed, {
      "list[0].a": "updateReplace",
      "list[1]": "deleteReplace",
      gone: "delete",
      '["a.b"].c': "update",
      late: "update",
      fresh: "add",
    });
    const response = toDiffResponse(diff);
    assert.deepEqual(response.getReplacesList(), ["list"]);
    assert.deepEqual(response.getDiffsList(), ["list", "gone", "a.b", "late", "fresh"]);
    assert.equal(diffInputs(olds, { ...olds, key: "x" }).changes, false);
  });

  it("carries a failed start in the status details", () => {
    const failure = new ResourceInitFailed("not ready", { id: "i", outputs: { a: 1 }, inputs: {}, reasons: ["slow"] });
    const bytes = toServiceError(failure).metadata.get("grpc-status-details-bin")[0] as Buffer;
    const [detail] = statusPb.Status.deserializeBinary(bytes).getDetailsList();
    assert.equal(detail?.getTypeUrl(), "type.googleapis.com/pulumirpc.ErrorResourceInitFailed");
    const message = pb.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    assert.deepEqual([message.getId(), message.getReasonsList()], ["i", ["slow"]]);
  });

  it("takes the last argument for the engine's address, never a flag", () => {
    assert.equal(engineAddress(["--logtostderr", "-v=9", "127.0.0.1:4000"]), "127.0.0.1:4000");
    assert.equal(engineAddress(["--tracing=tcp://127.0.0.1:4000"]), undefined);
    assert.equal(engineAddress([]), undefined);
  });

  it("serves a provider that says it is a stand-in, in its version and in its errors", async () => {
    const service = providerService({
      name: "tried",
      version: "1.2.3",
      configuration: {},
      has: () => true,
      check: ({ news }) => ({ inputs: { ...news, seen: true }, failures: [{ property: "a", reason: "wrong" }] }),
      diff: () => ({ changes: false }),
      create: async () => ({ id: "1", outputs: {} }),
      read: async () => undefined,
    });
    const { port, stop } = await listen(grpc.ResourceProviderService, service);
    const client = new grpc.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const info = await new Promise<string>((resolve, reject) =>
      client.getPluginInfo(new empty.Empty(), (error, info) => (error ? reject(error) : resolve(info.getVersion()))),
    );
    assert.equal(info, "1.2.3+palier.stand-in");
    const request = new pb.CheckRequest().setUrn("u").setNews(toStruct({ secret: new Secret("s") }));
    const checked = await new Promise<pb.CheckResponse>((resolve, reject) =>
      client.check(request, (error, checked) => (error ? reject(error) : resolve(checked))),
    );
    assert.deepEqual(fromStruct(checked.getInputs()), { secret: new Secret("s"), seen: true });
    assert.equal(checked.getFailuresList()[0]?.getReason(), "wrong");
    const refusal = await new Promise<ServiceError | null>((resolve) =>
      client.invoke(new pb.InvokeRequest().setTok("tried:index:f"), (error) => resolve(error)),
    );
    assert.match(refusal?.message ?? "", /the function tried:index:f is not in Palier's stand-in for the tried plugin/);
    client.close();
    stop();
  });
});
