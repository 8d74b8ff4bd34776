import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";
import { refusedOf } from "../../policies/refusedOf.ts";
import { isWhole, record } from "../../proof.ts";
import { killedUnderWrites } from "./failover/kills.ts";
import { FailoverTrial } from "./failover/trial.ts";

const image = `registry.example/redis@sha256:${"a".repeat(64)}`;
const failover = { proxy: `registry.example/haproxy@sha256:${"b".repeat(64)}` };
const kills = isWhole("data") ? 10 : 3;

const made = (args: Partial<palier.RedisArgs> = {}, stack = "production"): Promise<Declared[]> =>
  declared({ stack }, () => {
    const environment = new palier.Environment("shop");
    const queue = new palier.Redis("queue", { environment, image, purpose: "queue", failover, ...args });
    new palier.App("api", { environment, image, links: { REDIS_URL: queue.links["api"] ?? queue.link } });
  });

const secret = (resources: Declared[], name: string) =>
  find(resources, "kubernetes:core/v1:Secret", name).inputs.stringData as Record<string, string>;

describe("Redis with failover", function redis() {
  this.timeout(60_000);

  it("is three servers with a Sentinel each, and two proxies, behind the Service that one server has", async () => {
    const [one, three] = [await made({ failover: undefined }), await made()];
    const statefulSet = find(three, "kubernetes:apps/v1:StatefulSet", "queue").inputs.spec;
    equal(statefulSet.replicas, 3);
    const names = statefulSet.template.spec.containers.map(({ name }: { name: string }) => name);
    deepEqual(names, ["redis", "sentinel"]);
    equal(find(three, "kubernetes:apps/v1:Deployment", "queue-proxy").inputs.spec.replicas, 2);
    equal(statefulSet.serviceName, find(one, "kubernetes:apps/v1:StatefulSet", "queue").inputs.spec.serviceName);
    for (const resources of [one, three]) {
      equal(find(resources, "kubernetes:core/v1:Service", "queue-service").inputs.metadata.name, "queue");
      match(secret(resources, "queue-secret")["url"]!, /^redis:\/\/:\S+@queue:6379$/);
    }
  });

  it("lets in who links to it at the proxies alone, and the servers to each other", async () => {
    const resources = await made();
    const policy = (name: string) => find(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", name).inputs.spec;
    equal(policy("api-redis-url-in").podSelector.matchLabels["app.kubernetes.io/name"], "queue-proxy");
    const from = policy("queue-peers-in").ingress[0].from.map(
      (peer: { podSelector: { matchLabels: Record<string, string> } }) =>
        peer.podSelector.matchLabels["app.kubernetes.io/name"],
    );
    deepEqual(from, ["queue", "queue-proxy"]);
  });

  it("takes no write of a queue that no replica is there for, and those of a cache", async () => {
    match(secret(await made(), "queue-secret")["redis.conf"]!, /^min-replicas-to-write 1$/m);
    const cache = secret(await made({ purpose: "cache" }), "queue-secret")["redis.conf"]!;
    ok(!cache.includes("min-replicas-to-write"));
  });

  for (const stack of ["dev", "staging", "production"]) {
    it(`is refused by no rule in ${stack}, and fits the schema of Kubernetes`, async () => {
      for (const args of [{}, { users: { api: {} } }, { purpose: "cache" }]) {
        const resources = await made(args, stack);
        deepEqual(refusedOf(stack, resources), []);
        for (const one of resources) if (/^kubernetes:(apps|core)/.test(one.type)) deepEqual(schemaErrors(one), []);
      }
    });
  }

  it("refuses one that runs elsewhere, whose own affair it is, and a proxy without a digest", async () => {
    const external = { host: "redis.cloud.example", address: { name: "redis", key: "url" } };
    await rejects(made({ external }), /Redis queue: failover: is whoever runs the server elsewhere's/);
    await rejects(made({ failover: { proxy: "haproxy:latest" } }), /immutable-image-tag: Deployment "queue-proxy"/);
  });
});

describe("Redis with failover, by Redis, Sentinel and HAProxy themselves", function processes() {
  this.timeout("10m");
  let trial: FailoverTrial;
  let password: string;

  before(async () => {
    const resources = await made();
    const { "redis.conf": settings, "admin-password": admin, password: own } = secret(resources, "queue-secret");
    const proxy = secret(resources, "queue-proxy-secret")["haproxy.cfg"]!;
    password = own!;
    const prober = /AUTH prober ([-\w]+)/.exec(proxy)![1]!;
    trial = await FailoverTrial.start({ settings: settings!, admin: admin!, prober });
  });
  after(() => trial?.stop());

  it(`loses no write that a replica has confirmed, while its primary is killed ${kills} times`, async () => {
    const { acknowledged, confirmed, lost, seconds, primaries } = await killedUnderWrites(trial, password, kills);
    const sorted = [...seconds].sort((a, b) => a - b);
    record("Redis with failover, its primary killed under writes", {
      kills: String(kills),
      acknowledged: `${acknowledged}, ${lost.acknowledged} of them lost`,
      "confirmed by a replica": `${confirmed}, ${lost.confirmed} of them lost`,
      "seconds to the next write": `${sorted[0]!.toFixed(1)} to ${sorted.at(-1)!.toFixed(1)}`,
    });
    equal(lost.confirmed, 0);
    ok(primaries > 1, "another has taken over");
    ok(confirmed > 100);
    ok(Math.max(...seconds) < 60);
  });
});
