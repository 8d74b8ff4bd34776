import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import { AvnirTrial } from "./avnir-trial.ts";
import type { Knobs } from "./edge/system.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

/** Tries one connection for three seconds. */
const connect = `const [host, port] = process.argv.slice(1);
const socket = require("net").connect({ host, port });
const say = (what) => { console.log(what); process.exit(0); };
socket.on("connect", () => say("reached")).on("error", () => say("refused"));
setTimeout(() => say("refused"), 3000);`;

describeOnNode("an app's edge", function (machine) {
  this.timeout("8m");
  const trial = new AvnirTrial(machine, "pr-22");
  const { namespace } = trial;
  const outside = `${namespace}-controller`;

  before("up", async () => {
    await kubectl(machine, "create", "namespace", outside);
    for (const pod of ["controller", "stranger"]) {
      const sleep = ["--restart=Never", "--image", machine.images.nodeBase, "--command", "--", "sleep", "900"];
      await kubectl(machine, "run", pod, "-n", outside, ...sleep);
      await kubectl(machine, "wait", "pod", pod, "-n", outside, "--for=condition=Ready", "--timeout=60s");
    }
    const knobs: Knobs = { controller: outside, maintenance: false };
    await trial.init("dev", { main: join(import.meta.dirname, "edge/system.ts"), config: { "edge:knobs": knobs } });
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
  });

  after(async () => {
    await kubectl(machine, "delete", "namespace", outside, "--wait=false", "--ignore-not-found");
    await trial.drop();
  });

  async function get(kind: string, name: string, path: string): Promise<string> {
    return (await kubectl(machine, "get", kind, name, "-n", namespace, "-o", `jsonpath=${path}`)).trim();
  }

  async function asked(pod: string, service: string): Promise<string> {
    const address = await get("service", service, "{.spec.clusterIP}");
    return (await kubectl(machine, "exec", pod, "-n", outside, "--", "node", "-e", connect, address, "3000")).trim();
  }

  it("is an Ingress that the API server takes whole, without waiting for an address [DP-48]", async () => {
    const backend = "{.spec.rules[0].http.paths[0].backend.service.name}";
    assert.equal(await get("ingress", "api-edge", `{.spec.ingressClassName} ${backend}`), "haproxy api");
    const annotation = "{.metadata.annotations.haproxy\\.org/cors-allow-origin}";
    assert.equal(await get("ingress", "api-edge", annotation), "^(https://app[.]avnir[.]example)$");
    assert.equal(await trial.output("url"), "https://avnir.example");
  });

  it("has a certificate for its host, signed by the authority beside it [DP-89]", async () => {
    const secret = await get("ingress", "api-edge", "{.spec.tls[0].secretName}");
    const pem = async (key: string) => Buffer.from(await get("secret", secret, `{.data.${key}}`), "base64");
    const [certificate, authority] = [await pem("tls\\.crt"), await pem("ca\\.crt")].map(
      (one) => new X509Certificate(one),
    );
    assert.equal(certificate!.checkHost("avnir.example"), "avnir.example");
    assert.equal(certificate!.checkHost("other.example"), undefined);
    assert.ok(certificate!.verify(authority!.publicKey));
    assert.equal(await get("secret", secret, "{.type}"), "kubernetes.io/tls");
  });

  it("lets the controller's pods in, and not their neighbours [DP-90]", async () => {
    for (const service of ["api", "page"]) {
      assert.equal(await asked("controller", service), "reached");
      assert.equal(await asked("stranger", service), "refused");
    }
  });

  it("leads to the page and back by the Ingress alone, while the app's pods stay", async () => {
    const pods = () => kubectl(machine, "get", "pods", "-n", namespace, "-o", "jsonpath={.items[*].metadata.uid}");
    const backend = () => get("ingress", "api-edge", "{.spec.rules[0].http.paths[0].backend.service.name}");
    const before = await pods();
    for (const [on, leadsTo] of [
      ["true", "page"],
      ["false", "api"],
    ] as const) {
      await trial.set("edge:knobs.maintenance", on);
      const said = await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
      assert.match(said, /~ 1 updated/);
      assert.equal(await backend(), leadsTo);
    }
    assert.equal(await pods(), before);
  });
});
