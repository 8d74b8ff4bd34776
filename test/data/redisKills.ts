import { equal, ok } from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import * as palier from "../../index.ts";
import { Client } from "../components/redis/failover/client.ts";
import { missing } from "../components/redis/failover/kills.ts";
import { Writes } from "../components/redis/failover/writes.ts";
import { RedisServer } from "../components/redis/server.ts";
import { declared, find } from "../declared.ts";
import { isWhole, record } from "../proof.ts";

const kills = isWhole("data") ? 10 : 3;
const image = `registry.example/redis@sha256:${"a".repeat(64)}`;

describe("a Redis of one server, a queue's, killed under writes", function redis() {
  this.timeout("10m");
  let server: RedisServer;
  let password: string;

  before(async () => {
    const resources = await declared({ stack: "production" }, () => {
      const environment = new palier.Environment("shop");
      new palier.Redis("queue", { environment, image, purpose: "queue" });
    });
    const { stringData } = find(resources, "kubernetes:core/v1:Secret", "queue-secret").inputs;
    password = stringData.password;
    server = await (await RedisServer.make(stringData["redis.conf"])).start();
  });
  after(() => server?.kill());

  it(`has each write that it has acknowledged, after ${kills} times kill -9`, async () => {
    const writes = new Writes(server.port, password, false);
    const seconds: number[] = [];
    try {
      await writes.recovered();
      for (let kill = 0; kill < kills; kill++) {
        await sleep(500);
        await server.kill();
        const since = performance.now();
        await server.start();
        await writes.recovered();
        seconds.push((performance.now() - since) / 1000);
      }
    } finally {
      await writes.stop();
    }
    const client = await Client.open(server.port, password);
    const lost = await missing(client, writes.plain);
    client.close();
    const sorted = seconds.sort((a, b) => a - b);
    record("Redis, one server of a queue, killed under writes", {
      kills: String(kills),
      acknowledged: `${writes.acknowledged}, ${lost} of them lost`,
      "seconds to the next write": `${sorted[0]!.toFixed(1)} to ${sorted.at(-1)!.toFixed(1)}`,
    });
    equal(lost, 0);
    ok(writes.acknowledged > 100 * kills);
  });
});
