import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { selfSigned } from "../selfSigned.ts";
import { AvnirTrial } from "./avnir-trial.ts";
import { Client } from "./edge/client.ts";
import type { Served } from "./edge/served.ts";
import { eventually } from "./eventually.ts";
import { kubectl } from "./kubectl.ts";
import { describeAtEdge, type Machine } from "./machine.ts";

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
  describeAtEdge(`an app behind a real Traefik, by ${api}`, function (machine, ports) {
    this.timeout("8m");
    behindTraefik(machine, ports, api, new AvnirTrial(machine, stack));
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
  let given: Awaited<ReturnType<typeof selfSigned>>;
  const hostOf = (app: string) => `${app}.${api}.avnir.example`;

  before("up", async () => {
    given = await selfSigned([hostOf("given")], 60);
    const served: Served = { api, version: "1", maintenance: false, users: `ada:${sha("lovelace")}`, given };
    await trial.init("dev", { main: join(import.meta.dirname, "edge/served.ts"), config: { "edge:served": served } });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    for (const app of ["shown", "limited", "guarded"]) {
      clients[app] = new Client(hostOf(app), ports, await authorityOf(app));
      await eventually(
        async () => [200, 401].includes(Number((await clients[app]!.ask("/ready")).status)) || undefined,
        500,
      );
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

  const hold = async ({ certificate, key }: typeof given) => {
    await kubectl(machine, "delete", "secret", "another", "-n", namespace, "--ignore-not-found");
    const pair = [`--from-literal=tls.crt=${certificate}`, `--from-literal=tls.key=${key}`];
    await kubectl(
      machine,
      "create",
      "secret",
      "generic",
      "another",
      "-n",
      namespace,
      "--type=kubernetes.io/tls",
      ...pair,
    );
  };
  /** What the engine says where the app is to be served with it. */
  const refused = async (certificate: typeof given) => {
    await hold(certificate);
    await trial.set("edge:served.secret", "another");
    const { code, output } = await trial.up();
    assert.notEqual(code, 0, output);
    return output;
  };

  const up = async (path: string, value: string) => {
    await trial.set(`edge:served.${path}`, value);
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  };

  it("is served with a certificate that its authority has signed, and no other is taken [MP-131 DP-21]", async () => {
    const { status, text } = await clients["shown"]!.ask("/some/path?ms=1");
    assert.equal(status, 200);
    const { host, path } = JSON.parse(text);
    assert.deepEqual([host, path], [hostOf("shown"), "/some/path"]);
    assert.match(String((await new Client(hostOf("shown"), ports).ask("/")).status), /SELF_SIGNED|UNABLE_TO/);
    const other = new Client(hostOf("shown"), ports, await authorityOf("limited"));
    assert.match(String((await other.ask("/")).status), /SIGNATURE|UNABLE_TO|SELF_SIGNED/);
  });

  it("says each security header with MecaPy's values, and those of its own [MP-75 MP-76 MP-77 MP-86 MP-87]", async () => {
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
    assert.match(String(said["location"]), /^https:\/\/shown\.\w+\.avnir\.example(:\d+)?\/a\/b\?c=d$/);
  });

  it("lets the pages of one origin in, and no other's [AV-11 MP-43 MP-63]", async () => {
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

  it("answers 429 to an address that asks too often, and goes on answering another [MP-133]", async () => {
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
      const node = ["node", "-e", asking, address, hostOf("limited"), String(times)];
      return JSON.parse(await kubectl(machine, "exec", pod, "-n", neighbours, "--", ...node));
    };
    const hasty = await ask("hasty", 40);
    assert.ok(hasty["200"]! >= 20 && hasty["200"]! <= 25, JSON.stringify(hasty));
    assert.equal(hasty["200"]! + hasty["429"]!, 40);
    assert.deepEqual(await ask("patient", 10), { "200": 10 });
    // One more is let through every three seconds.
    assert.ok((await ask("hasty", 10))["429"]);
  });

  it("asks the app for the path that it is rewritten to [MP-74]", async () => {
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

  it("compresses what is long for whoever can read it so [MP-85]", async () => {
    const long = (headers: Record<string, string>) => clients["shown"]!.ask("/long", { headers });
    const plain = await long({});
    assert.deepEqual([plain.headers["content-encoding"], plain.text.length], [undefined, 7000]);
    const zipped = await long({ "accept-encoding": "gzip" });
    assert.equal(zipped.headers["content-encoding"], "gzip");
    assert.ok(zipped.text.length < 700, String(zipped.text.length));
    assert.equal(
      (await clients["shown"]!.ask("/", { headers: { "accept-encoding": "gzip" } })).headers["content-encoding"],
      undefined,
    );
  });

  it("leads from a path that has gone to where it is", async () => {
    const within = await clients["shown"]!.ask("/old");
    assert.equal(within.status, 301);
    assert.match(String(within.headers["location"]), /^(https:\/\/shown\.\w+\.avnir\.example(:\d+)?)?\/new$/);
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
    // It hangs up on whoever is still sending, who may hear of that before the answer.
    const tooLarge = async () => (await send(2 ** 20 + 1)).status;
    assert.equal(await eventually(async () => Number(await tooLarge()) || undefined, 200), 413);
  });

  if (api === "ingress") {
    it("gives up on an app that takes longer than it may", async () => {
      const after = (ms: number) => clients["guarded"]!.ask(`/?ms=${ms}`, { headers: { authorization } });
      assert.equal((await after(500)).status, 200);
      assert.equal((await after(4000)).status, 504);
    });
  }

  it("serves a certificate of one's own, and refuses one that no client would take before it is served", async () => {
    const own = new Client(hostOf("given"), ports, given.certificate);
    assert.equal((await own.ask("/")).status, 200);
    const ended = await selfSigned([hostOf("given")], -1);
    const foreign = await selfSigned(["other.avnir.example"], 60);
    assert.match(
      await refused(ended),
      /edge\.tls\.secret: the certificate in Secret "another" ended on \d{4}-\d\d-\d\d/,
    );
    assert.match(await refused(foreign), /is for other\.avnir\.example and not for given\./);
    assert.match(await refused({ ...foreign, certificate: given.certificate }), /does not belong to the key beside it/);
    assert.equal((await own.ask("/")).status, 200);
    const next = await selfSigned([hostOf("given")], 60);
    await hold(next);
    await up("secret", "another");
    const renewed = new Client(hostOf("given"), ports, next.certificate);
    await eventually(async () => (await renewed.ask("/")).status === 200 || undefined, 500);
  });

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
    // The old pods answer until they have to end.
    await eventually(async () => JSON.parse((await client.ask("/")).text).version === "2" || undefined, 500);
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
