import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import { neededCli } from "../../../components/rollout/neededCli.ts";
import * as palier from "../../../index.ts";
import { type Listening, listen } from "../../../local/grpc/serve.ts";
import { declared } from "../../declared.ts";

type Answer = (error: object | null, response?: messages.RequirePulumiVersionResponse) => void;

/** An engine whose CLI is of a version, or so old that it does not know the question; it answers as the real one does. */
function engineOf(version: string | undefined, ranges: string[] = []): Promise<Listening> {
  const requirePulumiVersion = (call: { request: messages.RequirePulumiVersionRequest }, answer: Answer) => {
    const range = call.request.getPulumiVersionRange();
    ranges.push(range);
    const least = range.replace(">=", "");
    if (version!.localeCompare(least, "en", { numeric: true }) >= 0)
      return answer(null, new messages.RequirePulumiVersionResponse());
    const details = `Pulumi CLI version ${version} does not satisfy the version range "${range}"`;
    answer({ code: status.UNKNOWN, details });
  };
  return listen(engineGrpc.EngineService as never, (version ? { requirePulumiVersion } : {}) as never);
}

describe("the Pulumi CLI that a release needs", () => {
  let engine: Listening | undefined;
  afterEach(async () => {
    await pulumi.runtime.disconnect();
    pulumi.runtime.resetOptions("", "", -1, "", "", false, "");
    engine?.stop();
    engine = undefined;
  });

  async function behind(version: string | undefined, ranges?: string[]): Promise<void> {
    engine = await engineOf(version, ranges);
    pulumi.runtime.resetOptions("shop", "dev", -1, `127.0.0.1:${engine.port}`, "", false, "");
  }

  for (const version of ["3.244.9", "3.217.0"]) {
    it(`is refused with its version where it is ${version}, and with the one it needs`, async () => {
      await behind(version);
      await assert.rejects(neededCli(), (error: Error) => {
        assert.ok(pulumi.RunError.isInstance(error), "told without a stack");
        const says = `needs the Pulumi CLI 3.245.0 or newer, and this one is ${version}: it does not tell of all`;
        assert.ok(error.message.includes(says), error.message);
        return true;
      });
    });
  }

  it("is refused where it is too old to know the question", async () => {
    await behind(undefined);
    await assert.rejects(neededCli(), /3\.245\.0 or newer, and this one is too old to tell its version/);
  });

  for (const version of ["3.245.0", "3.255.0", "4.0.0"]) {
    it(`is taken where it is ${version}, and asked once for all apps`, async () => {
      const ranges: string[] = [];
      await behind(version, ranges);
      await Promise.all([neededCli(), neededCli()]);
      await neededCli();
      assert.deepEqual(ranges, [">=3.245.0"]);
    });
  }

  it("is nobody's concern in unit tests", async () => {
    await declared({ stack: "staging" }, async () => {
      await neededCli();
      const image = `registry.example/api@sha256:${"a".repeat(64)}`;
      new palier.App("api", { environment: new palier.Environment("shop"), image, rollout: { blueGreen: {} } });
    });
  });
});
