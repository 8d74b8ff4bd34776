import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AvnirTrial } from "./avnir-trial.ts";
import { Client } from "./edge/client.ts";
import { selfSigned } from "./edge/selfSigned.ts";
import type { Served } from "./edge/served.ts";
import { eventually } from "./eventually.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode, type Machine } from "./machine.ts";

const headers = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "x-dns-prefetch-control": "on",
  "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
};
const good = "https://app.avnir.example";
const preflight = (origin: string) => ({
  method: "OPTIONS",
  headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
});
const sha = (password: string) => `{SHA}${createHash("sha1").update(password).digest("base64")}`;

/** Asks so often through Traefik's own address in the cluster, and counts what comes back. */
const asking = `const [address, host, times] = process.argv.slice(1);
const ask = () => new Promise((done) => require("https").get({ host: address, servername: host, headers: { host }, rejectUnauthorized: false, agent: false }, (answer) => answer.resume().on("end", () => done(answer.statusCode))).on("error", (error) => done(error.code)));
(async () => { const counts = {}; for (let n = 0; n < Number(times); n++) { const one = await ask(); counts[one] = (counts[one] ?? 0) + 1; } console.log(JSON.stringify(counts)); })();`;

for (const [api, stack] of [
  ["ingress", "pr-24"],
  ["gateway", "pr-25"],
] as const) {
  describeOnNode(`an app behind a real Traefik, by ${api}`, function (machine) {
    this.timeout("8m");
    if (!machine.edge) {
      it("skipped: no Traefik on this node; npm test -- --edge builds it and brings it");
      return;
    }
    behindTraefik(machine, machine.edge, api, new AvnirTrial(machine, stack));
  });
}

function behindTraefik(
  machine: Machine,
  ports: { http: number; https: number },
  api: Served["api"],
  trial: AvnirTrial,
): void {
  const { namespace } = trial;
  const neighbours = `${namespace}-callers`;
  const clients: Record<string, Client> = {};

  before("up", async () => {
    const given = await selfSigned(["given.avnir.example"], -1);
    const served: Served = { api, version: "1", maintenance: false, users: `ada:${sha("lovelace")}`, given };
    await trial.init("dev", { main: join(import.meta.dirname, "edge/served.ts"), config: { "edge:served": served } });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    for (const app of ["shown", "limited", "guarded"]) {
      const host = `${app}.avnir.example`;
      clients[app] = new Client(host, ports, await authorityOf(app));
      await eventually(async () => (await clients[app]!.ask("/ready")).status !== 404 || undefined, 500);
    }
  });

  after(async () => {
    await kubectl(machine, "delete", "namespace", neighbours, "--wait=false", "--ignore-not-found");
    await trial.drop();
  });

  async function secretOf(app: string): Promise<string> {
    const [kind, path] =
      api === "ingress"
        ? ["ingress", "{.spec.tls[0].secretName}"]
        : ["gateway", "{.spec.listeners[1].tls.certificateRefs[0].name}"];
    return (await kubectl(machine, "get", kind!, `${app}-edge`, "-n", namespace, "-o", `jsonpath=${path}`)).trim();
  }

  async function authorityOf(app: string): Promise<string> {
    const path = "jsonpath={.data.ca\\.crt}";
    const data = await kubectl(machine, "get", "secret", await secretOf(app), "-n", namespace, "-o", path);
    return Buffer.from(data, "base64").toString();
  }

  const up = async (path: string, value: string) => {
    await trial.set(`edge:served.${path}`, value);
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  };

  it("is served with a certificate that its authority has signed, and no other is taken", async () => {
    const { status, text } = await clients["shown"]!.ask("/some/path?ms=1");
    assert.equal(status, 200);
    const { host, path } = JSON.parse(text);
    assert.deepEqual([host, path], ["shown.avnir.example", "/some/path"]);
    assert.match(String((await new Client("shown.avnir.example", ports).ask("/")).status), /SELF_SIGNED|UNABLE_TO/);
    const other = new Client("shown.avnir.example", ports, await authorityOf("limited"));
    assert.match(String((await other.ask("/")).status), /SIGNATURE|UNABLE_TO|SELF_SIGNED/);
  });

  it("says each security header with MecaPy's values, and those of its own", async () => {
    const { headers: said } = await clients["shown"]!.ask("/");
    const names = [...Object.keys(headers), "permissions-policy"];
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, said[name]])), {
      ...headers,
      "permissions-policy": "camera=()",
    });
  });

  it("says them where somebody is turned away too", async () => {
    const { status, headers: said } = await clients["guarded"]!.ask("/");
    assert.equal(status, 401);
    assert.deepEqual(Object.fromEntries(Object.keys(headers).map((name) => [name, said[name]])), headers);
  });

  it("sends plain HTTP on, path and question with it", async () => {
    const { status, headers: said } = await clients["shown"]!.ask("/a/b?c=d", { plain: true });
    assert.equal(status, 301);
    assert.match(String(said["location"]), /^https:\/\/shown\.avnir\.example(:\d+)?\/a\/b\?c=d$/);
  });

  it("lets the pages of one origin in, and no other's", async () => {
    const asked = async (origin: string) => (await clients["shown"]!.ask("/", preflight(origin))).headers;
    const allowed = await asked(good);
    assert.equal(allowed["access-control-allow-origin"], good);
    assert.match(String(allowed["access-control-allow-methods"]), /POST/);
    assert.equal(allowed["access-control-allow-credentials"], "true");
    for (const origin of [
      "https://evil.example",
      "https://app.avnir.example.evil.example",
      "http://app.avnir.example",
      "null",
    ]) {
      assert.equal((await asked(origin))["access-control-allow-origin"], undefined, origin);
      const { headers: said } = await clients["shown"]!.ask("/", { headers: { origin } });
      assert.equal(said["access-control-allow-origin"], undefined, origin);
    }
  });

  it("answers 429 to an address that asks too often, and goes on answering another", async () => {
    await kubectl(machine, "create", "namespace", neighbours);
    const sleep = ["--restart=Never", "--image", machine.images.nodeBase, "--command", "--", "sleep", "900"];
    for (const pod of ["hasty", "patient"]) await kubectl(machine, "run", pod, "-n", neighbours, ...sleep);
    await kubectl(machine, "wait", "pod", "--all", "-n", neighbours, "--for=condition=Ready", "--timeout=90s");
    const address = await kubectl(
      machine,
      "get",
      "service/traefik",
      "-n",
      "traefik",
      "-o",
      "jsonpath={.spec.clusterIP}",
    );
    const ask = async (pod: string, times: number): Promise<Record<string, number>> => {
      const node = ["node", "-e", asking, address, "limited.avnir.example", String(times)];
      return JSON.parse(await kubectl(machine, "exec", pod, "-n", neighbours, "--", ...node));
    };
    const hasty = await ask("hasty", 40);
    assert.ok(hasty["200"]! >= 20 && hasty["200"]! <= 25, JSON.stringify(hasty));
    assert.equal(hasty["200"]! + hasty["429"]!, 40);
    assert.deepEqual(await ask("patient", 10), { "200": 10 });
    assert.ok((await ask("hasty", 1))["429"]);
  });

  it("asks the app for the path that it is rewritten to", async () => {
    for (const [asked, path] of [
      ["/api/users", "/users"],
      ["/api", "/"],
      ["/v1/users", "/v2/users"],
      ["/v1", "/v2"],
      ["/apiary", "/apiary"],
    ]) {
      assert.equal(JSON.parse((await clients["shown"]!.ask(asked!)).text).path, path, asked);
    }
  });

  it("leads from a path that has gone to where it is", async () => {
    const within = await clients["shown"]!.ask("/old");
    assert.equal(within.status, 301);
    assert.match(String(within.headers["location"]), /^(https:\/\/shown\.avnir\.example(:\d+)?)?\/new$/);
    const away = await clients["shown"]!.ask("/docs");
    assert.deepEqual([away.status, away.headers["location"]], [302, "https://docs.avnir.example/start"]);
    assert.equal((await clients["shown"]!.ask("/old/one")).status, 200);
  });

  it("asks for a name and a password, and keeps them from the app", async () => {
    const as = (password: string) => {
      const authorization = `Basic ${Buffer.from(`ada:${password}`).toString("base64")}`;
      return clients["guarded"]!.ask("/", { headers: { authorization } });
    };
    const asked = await clients["guarded"]!.ask("/");
    assert.match(String(asked.headers["www-authenticate"]), /^Basic/);
    assert.equal((await as("byron")).status, 401);
    const { status, text } = await as("lovelace");
    assert.equal(status, 200);
    assert.equal(JSON.parse(text).authorization, undefined);
  });

  const authorization = `Basic ${Buffer.from("ada:lovelace").toString("base64")}`;

  it("takes a body of the size that it may have, and none above", async () => {
    const send = (bytes: number) =>
      clients["guarded"]!.ask("/", { method: "POST", headers: { authorization }, body: Buffer.alloc(bytes) });
    const whole = await send(2 ** 20);
    assert.deepEqual([whole.status, JSON.parse(whole.text).bytes], [200, 2 ** 20]);
    assert.equal((await send(2 ** 20 + 1)).status, 413);
  });

  if (api === "ingress") {
    it("gives up on an app that takes longer than it may", async () => {
      const after = (ms: number) => clients["guarded"]!.ask(`/?ms=${ms}`, { headers: { authorization } });
      assert.equal((await after(500)).status, 200);
      assert.equal((await after(4000)).status, 504);
    });

    it("serves a certificate of one's own that has ended as it is, and whoever asks refuses it", async () => {
      const data = await kubectl(
        machine,
        "get",
        "secret",
        await secretOf("given"),
        "-n",
        namespace,
        "-o",
        "jsonpath={.data.tls\\.crt}",
      );
      const own = new Client("given.avnir.example", ports, Buffer.from(data, "base64").toString());
      assert.equal((await own.ask("/")).status, "CERT_HAS_EXPIRED");
    });
  }

  it("speaks over a WebSocket and takes an upload while it is rolled out, and loses neither", async () => {
    const client = clients["shown"]!;
    const talk = await client.socket("/");
    assert.equal(await talk.say("before"), "before");
    let counts: Record<string, number> = {};
    const { sent, answer } = await client.upload("/upload", async () => {
      await wait(1000);
      counts = await client.steadily("/", () => up("version", "2"));
    });
    assert.deepEqual(Object.keys(counts), ["200"], JSON.stringify(counts));
    assert.equal(answer.status, 200, JSON.stringify(answer));
    assert.equal(JSON.parse(answer.text).bytes, sent);
    assert.equal(JSON.parse((await client.ask("/")).text).version, "2");
    const after = await Promise.race([talk.say("after"), talk.ended]);
    if (after !== "after") assert.equal(after, 1001, "the WebSocket was not ended in order");
    const next = await client.socket("/");
    assert.equal(await next.say("again"), "again");
    next.end();
    talk.end();
  });

  it("shows the page while work is done, and the app again, without a request that is lost", async () => {
    const client = clients["shown"]!;
    const through = await client.steadily("/", async () => {
      await up("maintenance", "true");
      await eventually(async () => (await client.ask("/")).status === 503 || undefined, 200);
    });
    assert.deepEqual(Object.keys(through).sort(), ["200", "503"], JSON.stringify(through));
    const shown = await client.ask("/");
    assert.deepEqual([shown.text, shown.headers["retry-after"]], ["back soon", "120"]);
    assert.equal(shown.headers["x-frame-options"], "DENY");
    const back = await client.steadily("/", async () => {
      await up("maintenance", "false");
      await eventually(async () => (await client.ask("/")).status === 200 || undefined, 200);
    });
    assert.deepEqual(Object.keys(back).sort(), ["200", "503"], JSON.stringify(back));
  });
}
