import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { cacheFolder } from "../../local/bootstrap.mjs";
import { busyPorts, openClone } from "../../local/clone.ts";
import { temporaryFolder } from "../temporary.ts";

describe("a clone's own folders and ports", () => {
  let user: string;
  beforeEach(async () => {
    user = temporaryFolder("clone");
  });
  const open = (env = {}) => openClone({ HOME: user, ...env });

  it("gives the clone a home below the user's state folder, readable by that user alone", async () => {
    const clone = await open();
    assert.match(clone.home, new RegExp(`^${user}/\\.local/state/palier/.+-${clone.id}$`));
    assert.equal((await stat(clone.home)).mode & 0o777, 0o700);
  });

  it("shares the cache, and says the same about it as the bootstrap", async () => {
    for (const env of [{}, { XDG_CACHE_HOME: join(user, "xdg") }, { PALIER_CACHE: join(user, "given") }]) {
      assert.equal((await open(env)).cache, cacheFolder({ HOME: user, ...env }));
    }
  });

  it("remembers the ports it chose", async () => {
    const first = await open();
    assert.deepEqual((await open()).ports, first.ports);
    assert.deepEqual(JSON.parse(await readFile(join(first.home, "ports.json"), "utf8")), first.ports);
  });

  it("chooses again when the file of ports was cut off", async () => {
    const { home, ports } = await open();
    await writeFile(join(home, "ports.json"), '{"api": 2');
    assert.deepEqual((await open()).ports, ports);
  });

  it("leaves out a block of ports in which somebody listens, and the block of another clone", async () => {
    const one = await open({ PALIER_HOME: join(user, "homes", "one") });
    const listener = await listen(one.ports.registry);
    const other = await open({ HOME: user, PALIER_HOME: join(user, "elsewhere", "one") });
    await new Promise((done) => listener.close(done));
    assert.notEqual(other.ports.registry, one.ports.registry);
    const beside = await open({ PALIER_HOME: join(user, "homes", "two") });
    assert.notEqual(beside.ports.nodePortFirst, one.ports.nodePortFirst);
  });

  it("gives two homes of one clone different ids", async () => {
    const ids = await Promise.all(["a", "b"].map(async (name) => (await open({ PALIER_HOME: join(user, name) })).id));
    assert.notEqual(ids[0], ids[1]);
  });

  it("refuses a home in which other things lie", async () => {
    await writeFile(join(user, "letter.txt"), "dear");
    await assert.rejects(open({ PALIER_HOME: user }), /already holds other things \(.*letter\.txt/);
  });

  it("sees which ports are busy", async () => {
    const server = await listen(0);
    const { port } = server.address() as { port: number };
    assert.deepEqual(await busyPorts([port]), [port]);
    await new Promise((done) => server.close(done));
    assert.deepEqual(await busyPorts([port]), []);
  });
});

function listen(port: number): Promise<Server> {
  return new Promise((done) => {
    const server = createServer().listen(port, "127.0.0.1", () => done(server));
  });
}
