import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf } from "../../policies/refusedOf.ts";

const image = `registry.example/redis@sha256:${"a".repeat(64)}`;
const key = (key: string) => ({ name: "redis", key });
const external = { host: "redis.cloud.example", address: key("url"), users: { api: key("api") } };

interface Made {
  resources: Declared[];
  redis: palier.Redis;
}

async function made(args: Partial<palier.RedisArgs> = {}, stack = "production"): Promise<Made> {
  let redis!: palier.Redis;
  const resources = await declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    redis = new palier.Redis("queue", { environment, image, purpose: "queue", ...args });
    const links = { REDIS_URL: redis.links["api"] ?? redis.link };
    new palier.App("api", { environment, image, links });
  });
  return { resources, redis };
}

const secret = ({ resources }: Made, name: string) =>
  find(resources, "kubernetes:core/v1:Secret", name).inputs.stringData as Record<string, string>;
const settings = (all: Made) => secret(all, "queue-secret")["redis.conf"]!.split("\n");
const kinds = ({ resources }: Made) => resources.map(({ type, name }) => `${type} :: ${name}`);

describe("Redis", function redis() {
  this.timeout(60_000);

  it("of a queue evicts nothing and is kept on disk, with a quarter of its memory as headroom [YO-09 AV-52 C-56]", async () => {
    const lines = settings(await made({ resources: { memory: "256Mi" } }));
    for (const line of ["maxmemory-policy noeviction", "appendonly yes", `maxmemory ${192 * 2 ** 20}`]) {
      assert.ok(lines.includes(line), line);
    }
  });

  it("of a cache evicts and forgets, and of sessions evicts what ends first [MQ-86 DP-86]", async () => {
    const cache = await made({ purpose: "cache" });
    assert.ok(settings(cache).includes("maxmemory-policy allkeys-lru"));
    assert.ok(settings(cache).includes("appendonly no"));
    assert.equal(cache.redis.volume, undefined);
    const sessions = await made({ purpose: "session" });
    assert.ok(settings(sessions).includes("maxmemory-policy volatile-ttl"));
    assert.deepEqual(sessions.redis.volume?.claim, "data-queue-0");
  });

  it("holds no password in clear in its settings", async () => {
    const all = await made({ users: { api: {} } });
    const text = settings(all).join("\n");
    for (const [name, value] of Object.entries(secret(all, "queue-secret"))) {
      if (/password$/.test(name)) assert.ok(!text.includes(value), name);
    }
  });

  it("gives each user an address of its own, which only those who link to it are given", async () => {
    const all = await made({ users: { api: { keys: ["bull:*"] }, mail: {} } });
    const [api, mail, unnamed] = ["queue-secret-api", "queue-secret-mail", "queue-secret"].map((name) =>
      secret(all, name),
    );
    assert.match(api!["url"]!, /^redis:\/\/api:\S+@queue:6379$/);
    assert.match(unnamed!["url"]!, /^redis:\/\/:\S+@queue:6379$/);
    assert.equal(new Set([api!["url"], mail!["url"], unnamed!["url"]]).size, 3);
    const app = find(all.resources, "kubernetes:apps/v1:Deployment", "api").inputs;
    const { valueFrom } = app.spec.template.spec.containers[0].env.find(
      ({ name }: { name: string }) => name === "REDIS_URL",
    );
    assert.match(valueFrom.secretKeyRef.name, /^queue-secret-api/);
  });

  it("that runs elsewhere gives the same links, opens the way out alone, and makes nothing else [YO-09]", async () => {
    const all = await made({ external, users: { api: {} } });
    const { link, links } = all.redis;
    assert.deepEqual([link.kind, link.host, link.port, link.secret], ["redis", external.host, 6379, key("url")]);
    assert.deepEqual(links["api"]!.secret, key("api"));
    assert.deepEqual(
      kinds(all).filter((name) => name.includes("queue")),
      ["palier:index:Redis :: queue"],
    );
    const out = find(all.resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "api-redis-url-out").inputs;
    assert.equal(out.spec.egress[0].ports[0].port, 6379);
    assert.ok(!kinds(all).some((name) => name.endsWith("api-redis-url-in")));
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}, here or elsewhere, and fits the schema of Kubernetes`, async () => {
      for (const args of [{}, { users: { api: {} } }, { external }]) {
        const { resources } = await made(args, stack);
        assert.deepEqual(refusedOf(stack, resources), []);
        for (const one of resources) if (/^kubernetes:apps/.test(one.type)) assert.deepEqual(schemaErrors(one), []);
      }
    });
  }

  it("keeps its volume in staging and production, whatever becomes of it", async () => {
    const retention = async (stack: string) =>
      find((await made({}, stack)).resources, "kubernetes:apps/v1:StatefulSet", "queue").inputs.spec
        .persistentVolumeClaimRetentionPolicy.whenDeleted;
    assert.deepEqual([await retention("dev"), await retention("production")], ["Delete", "Retain"]);
  });

  const wrong: [string, object, RegExp][] = [
    ["an unknown purpose", { purpose: "store" }, /purpose: "store" is not allowed; give one of queue, cache, session/],
    ["no image and none elsewhere", { image: undefined }, /image: is missing; give a reference, or external/],
    ["a user with a name of the server's own", { users: { admin: {} } }, /users\.admin: "admin" is the server's own/],
    ["a user of no name", { users: { "a b": {} } }, /users\.a b: "a b" is not allowed; give lower-case letters/],
    ["keys that end the line", { users: { api: { keys: ["a\nuser b on nopass ~* +@all"] } } }, /keys\[0\]: .* is not/],
    ["no keys at all", { users: { api: { keys: [] } } }, /keys: an empty list is not allowed/],
    [
      "a server elsewhere in the cluster",
      { external: { ...external, host: "redis.other.svc" } },
      /external\.host: "redis\.other\.svc" is a name of the cluster's own/,
    ],
    [
      "a server elsewhere with its address in clear",
      { external: { ...external, address: "rediss://u:zQ7@redis.cloud.example" } },
      /external\.address: text is not allowed; give an object with name, key$/,
    ],
    [
      "a user that the server elsewhere has no address for",
      { external, users: { mail: {} } },
      /external\.users\.mail: is missing; say where the address of this user stands/,
    ],
  ];
  for (const [title, args, message] of wrong) {
    it(`refuses ${title}`, () => assert.rejects(made(args as Partial<palier.RedisArgs>), message));
  }
});
