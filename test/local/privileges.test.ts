import assert from "node:assert/strict";
import { lacks } from "../../local/privileges.ts";

describe("what a machine lacks to run a node", () => {
  const devices = async (device: string) => (await lacks(device)).filter((what) => what.startsWith("/"));

  it("is the kernel's messages, where a container was not given them", async () => {
    assert.deepEqual(await devices("/dev/nothing"), [
      "/dev/nothing (a container is given it with --device /dev/nothing)",
    ]);
  });

  it("is no device where they are there", async () => {
    assert.deepEqual(await devices("/dev/null"), []);
  });
});
