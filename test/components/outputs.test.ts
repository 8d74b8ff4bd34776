import { deepEqual, doesNotMatch, equal, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import * as palier from "../../index.ts";
import { type Declared, declared, find } from "../declared.ts";

const image = `registry.example/store@sha256:${"a".repeat(64)}`;

interface Told {
  readonly urls: object;
  readonly dns: { name: string; to: string; find: string }[];
  readonly connect: Record<string, { command: string; secret: string }>;
  readonly kept: Record<string, { claim: string; size: string }>;
}

describe("outputs for people", function () {
  this.timeout(60_000);
  let resources: Declared[];
  let told: Told;
  let secrets: boolean[];

  before(async () => {
    let outputs: palier.Outputs | undefined;
    resources = await declared({ stack: "staging", project: "shop" }, () => {
      const environment = new palier.Environment("shop", { edge: { family: "traefik", clusterIssuer: "ca" } });
      const db = new palier.Postgres("db", { environment, image, databases: { shop: {} } });
      const empty = new palier.Postgres("empty", { environment, image, databases: {}, storage: "7Gi" });
      const queue = new palier.Redis("queue", { environment, image, purpose: "queue" });
      const cache = new palier.Redis("cache", { environment, image, purpose: "cache" });
      const external = { host: "redis.cloud.example", address: { name: "redis", key: "url" } };
      const cloud = new palier.Redis("cloud", { environment, purpose: "cache", external });
      const health = { live: "/live", ready: "/ready", verify: "/health" };
      const api = new palier.App("api", {
        ...{ environment, image, health },
        edge: { host: "staging.shop.example", otherHosts: ["staging.shop.test"] },
      });
      const inner = new palier.App("inner", { environment, image, health });
      outputs = palier.outputs(environment, { db, empty, queue, cache, cloud, api, inner });
    });
    const parts = Object.values(outputs!.connect).flatMap(({ command, secret }) => [command, secret]);
    secrets = await Promise.all(parts.map((part) => pulumi.isSecret(part)));
    told = await new Promise((resolve) => pulumi.output(outputs).apply((one) => resolve(one as unknown as Told)));
  });

  it("tell the URL of each app that has an edge, and of no other", () =>
    deepEqual(told.urls, { api: "https://staging.shop.example" }));

  it("ask for a DNS record of each host, and say by what to find the controller's address", () => {
    deepEqual(
      told.dns.map(({ name }) => name),
      ["staging.shop.example", "staging.shop.test"],
    );
    equal(told.dns[0]!.to, "the address at which the world reaches this cluster's controller, Traefik by Ingress");
    equal(told.dns[0]!.find, "kubectl --namespace traefik get services --output wide");
  });

  it("say how to connect to each store: the Service and port that it declares, and the Secret where its password is", () => {
    deepEqual(Object.keys(told.connect), ["db", "queue", "cache"]);
    for (const [name, port] of [
      ["db", 5432],
      ["queue", 6379],
    ] as const) {
      const { command, secret } = told.connect[name]!;
      equal(command, `kubectl --namespace shop-staging port-forward service/${name} ${port}:${port}`);
      const { spec } = find(resources, "kubernetes:core/v1:Service", `${name}-service`).inputs;
      equal(spec.ports[0].port, port);
      const one = resources.find(({ type, inputs }) => type.endsWith(":Secret") && inputs.metadata.name === secret);
      ok(one?.inputs.stringData.password, secret);
    }
  });

  it("name the volume of each store that keeps something, as its StatefulSet claims it", () => {
    deepEqual(Object.keys(told.kept), ["db", "empty", "queue"]);
    equal(told.kept["empty"]!.size, "7Gi");
    for (const [name, { claim, size }] of Object.entries(told.kept)) {
      const [{ metadata, spec }] = find(resources, "kubernetes:apps/v1:StatefulSet", name).inputs.spec
        .volumeClaimTemplates;
      equal(claim, `${metadata.name}-${name}-0`);
      equal(size, spec.resources.requests.storage);
    }
  });

  it("are as the page shows them", () => {
    const [, page = ""] = /```json\n([\s\S]*?)```/.exec(readFileSync("docs/outputs.md", "utf8")) ?? [];
    const { urls, dns, connect, kept } = told;
    deepEqual(
      { urls, dns: dns.slice(0, 1), connect: { db: connect["db"] }, kept: { db: kept["db"] } },
      JSON.parse(page),
    );
  });

  it("hold no password, so that nothing of them has to be hidden", () => {
    doesNotMatch(JSON.stringify(told), /made-/);
    deepEqual(new Set(secrets), new Set([false]));
  });
});
