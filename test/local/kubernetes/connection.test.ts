import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ApiError, Unreachable } from "../../../core/cluster/apiError.ts";
import { credentialsOf } from "../../../core/cluster/credentials.ts";
import { resolveTarget, type Target, type UserEntry } from "../../../core/cluster/kubeconfig.ts";
import { Transport } from "../../../core/cluster/transport.ts";
import type { PropertyMap } from "../../../local/grpc/values.ts";
import { checkConfig, diffConfig, readConfiguration } from "../../../local/plugins/kubernetes/configuration.ts";
import { temporaryFolder } from "../../temporary.ts";

const config = (more: object = {}) =>
  JSON.stringify({
    "current-context": "a",
    contexts: [
      { name: "a", context: { cluster: "one", user: "me", namespace: "shop" } },
      { name: "b", context: { cluster: "two", user: "me" } },
    ],
    clusters: [
      { name: "one", cluster: { server: "https://one" } },
      { name: "two", cluster: { server: "https://two", "certificate-authority": "ca.crt" } },
    ],
    users: [{ name: "me", user: { token: "t" } }],
    ...more,
  });

function target(user: UserEntry, server = "https://one"): Target {
  return { context: "a", clusterName: "one", cluster: { server }, user, namespace: "default" };
}

describe("kubernetes stand-in: connection", () => {
  it("takes context, cluster and namespace from the kubeconfig, or as told", () => {
    const plain = resolveTarget({ kubeconfig: config() });
    assert.deepEqual([plain.context, plain.cluster.server, plain.namespace], ["a", "https://one", "shop"]);
    const told = resolveTarget({ kubeconfig: config(), context: "b", namespace: "mine" });
    assert.deepEqual([told.cluster.server, told.namespace], ["https://two", "mine"]);
    assert.equal(resolveTarget({ kubeconfig: config(), cluster: "two" }).cluster.server, "https://two");
  });

  it("reads the files of KUBECONFIG, with paths relative to each", () => {
    const folder = temporaryFolder("kubeconfig");
    writeFileSync(join(folder, "first"), "current-context: b\n");
    writeFileSync(join(folder, "second"), config());
    const found = resolveTarget({}, { KUBECONFIG: `${folder}/first:${folder}/second:${folder}/absent` });
    assert.equal(found.context, "b");
    assert.equal(found.cluster["certificate-authority"], join(folder, "ca.crt"));
  });

  it("says what is missing", () => {
    assert.throws(() => resolveTarget({ kubeconfig: config(), context: "c" }), /has no context "c"; it has: a, b/);
    assert.throws(() => resolveTarget({ kubeconfig: "/nowhere/at/all" }), /there is no kubeconfig at \/nowhere/);
    assert.throws(
      () => resolveTarget({ kubeconfig: "users:\n  - token: hunter22: [" }),
      (error: Error) => error instanceof Unreachable && !error.message.includes("hunter22"),
    );
  });

  it("shows a token, a password, a certificate, or what a credential plugin says", async () => {
    assert.equal((await credentialsOf(target({ token: "t" }))).authorization, "Bearer t");
    assert.equal((await credentialsOf(target({ username: "u", password: "p" }))).authorization, "Basic dTpw");
    const certificate = { "client-certificate-data": "Y2VydA==", "client-key-data": "a2V5" };
    const { cert, key } = await credentialsOf(target(certificate));
    assert.deepEqual([String(cert), String(key)], ["cert", "key"]);
    const credential = { status: { token: "from-exec", expirationTimestamp: "2030-01-01T00:00:00Z" } };
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "echo", args: [JSON.stringify(credential)] };
    const executed = await credentialsOf(target({ exec }));
    assert.deepEqual(executed.authorization, "Bearer from-exec");
    assert.equal(executed.expires, Date.parse("2030-01-01T00:00:00Z"));
    const broken = { ...exec, command: "/nowhere/plugin" };
    await assert.rejects(
      credentialsOf(target({ exec: broken })),
      /credential plugin "\/nowhere\/plugin" .* failed \(ENOENT\)/,
    );
    await assert.rejects(credentialsOf(target({ "auth-provider": { name: "gcp" } })), /removed auth-provider gcp/);
  });

  describe("transport", () => {
    let server: Server;
    let answer: (request: IncomingMessage, body: string, response: ServerResponse) => void;
    let transport: Transport;

    beforeEach(async () => {
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk) => {
          body += chunk;
        });
        request.on("end", () => answer(request, body, response));
      });
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      const { port } = server.address() as AddressInfo;
      transport = new Transport(target({ token: "t" }, `http://127.0.0.1:${port}/prefix`));
    });
    afterEach(() => {
      server.close();
      server.closeAllConnections();
    });

    it("sends a DELETE's body with its length, and goes on over the same connection", async () => {
      const seen: string[] = [];
      const sockets = new Set<unknown>();
      answer = (request, body, response) => {
        seen.push(`${request.method} ${request.url} ${request.headers["content-length"]} ${body}`);
        sockets.add(request.socket);
        response.end("{}");
      };
      await transport.send({ method: "DELETE", path: "/a", query: { b: "c d", e: undefined }, body: { é: 1 } });
      await transport.send({ method: "GET", path: "/a" });
      assert.deepEqual(seen, ['DELETE /prefix/a?b=c+d 8 {"é":1}', "GET /prefix/a undefined "]);
      assert.equal(sockets.size, 1);
    });

    it("asks again when told to wait, and when a kept connection was closed", async () => {
      let calls = 0;
      answer = (request, _body, response) => {
        calls++;
        if (calls === 1) response.writeHead(429, { "retry-after": "0" }).end("{}");
        else if (calls === 2) request.socket.destroy();
        else response.end('{"ok":true}');
      };
      assert.equal(await transport.send({ method: "GET", path: "/a" }), '{"ok":true}');
      assert.equal(calls, 3);
    });

    it("passes on which API version is deprecated, and no other warning", async () => {
      const heard: string[] = [];
      const { port } = server.address() as AddressInfo;
      const listening = new Transport(target({}, `http://127.0.0.1:${port}`), (warning) => heard.push(warning));
      answer = (_request, _body, response) => {
        const deprecated = '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"';
        response.setHeader("warning", [deprecated, '299 - "unknown field \\"a\\""']).end("{}");
      };
      await listening.send({ method: "GET", path: "/" });
      assert.deepEqual(heard, ["v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"]);
    });

    it("throws what the server says, and Unreachable where there is none", async () => {
      answer = (_request, _body, response) => response.writeHead(409).end('{"reason":"AlreadyExists","message":"no"}');
      await assert.rejects(transport.send({ method: "POST", path: "/a", body: {} }), (error: ApiError) => {
        return error instanceof ApiError && error.code === 409 && error.reason === "AlreadyExists";
      });
      const nobody = new Transport(target({}, "http://127.0.0.1:9"));
      await assert.rejects(
        nobody.send({ method: "GET", path: "/" }),
        /^Error: http:\/\/127\.0\.0\.1:9 \(context a\): .*ECONNREFUSED/,
      );
    });
  });

  it("reads its configuration from arguments and environment, and refuses what it does not have", () => {
    const read = readConfiguration(
      { upsertExistingObjects: "true", context: "a" },
      { PULUMI_K8S_DELETE_UNREACHABLE: "true" },
    );
    assert.deepEqual(
      [read.upsertExistingObjects, read.deleteUnreachable, read.enableSecretMutable],
      [true, true, false],
    );
    const asked = readConfiguration({ deleteUnreachable: "false" }, { PULUMI_K8S_DELETE_UNREACHABLE: "true" });
    assert.equal(asked.deleteUnreachable, false, "the argument wins");
    const subject = { urn: "", type: "", name: "", randomSeed: new Uint8Array() };
    const checked = (news: PropertyMap, env = {}) =>
      checkConfig({ ...subject, news }, env).failures?.map(({ property }) => property);
    assert.deepEqual(checked({ enableServerSideApply: "false" }), ["enableServerSideApply"]);
    assert.deepEqual(checked({}, { PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY: "false" }), ["enableServerSideApply"]);
    assert.deepEqual(checked({}, { PULUMI_K8S_AWAIT_ALL: "true" }), ["PULUMI_K8S_AWAIT_ALL"]);
    assert.deepEqual(checked({ context: "a", enableServerSideApply: "true" }), []);
  });

  it("is replaced, with all that it made, when the cluster is another one", () => {
    const request = { urn: "", type: "", name: "", id: "", state: {}, ignoreChanges: [] };
    const kubeconfig = config();
    const changed = diffConfig({ ...request, olds: { kubeconfig, context: "a" }, news: { kubeconfig, context: "b" } });
    assert.deepEqual(changed.detailed, { context: "updateReplace" });
    const renewed = diffConfig({ ...request, olds: { kubeconfig }, news: { kubeconfig: config({ users: [] }) } });
    assert.deepEqual(renewed.detailed, { kubeconfig: "update" });
    const pinned = { clusterIdentifier: "x" };
    const moved = diffConfig({
      ...request,
      olds: { kubeconfig, context: "a", ...pinned },
      news: { kubeconfig, context: "b", ...pinned },
    });
    assert.deepEqual(moved.detailed, { context: "update" });
  });
});
