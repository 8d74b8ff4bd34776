import assert from "node:assert/strict";
import { request } from "node:https";
import { isWhole, record } from "../../proof.ts";
import { selfSigned } from "../../selfSigned.ts";
import { eventually } from "../eventually.ts";
import { kubectl } from "../kubectl.ts";
import { describeAtEdge, type Machine } from "../machine.ts";
import { type Door, throughTraefik } from "./release/door.ts";
import { type Released, ReleasingSystem } from "./release/releasingSystem.ts";

const whole = isWhole("releases");
const steps = [10, 50, 100].map((weight) => ({ weight, seconds: 5 }));
const canary = { canary: { smokeSeconds: 5, steps } };

describeAtEdge("a canary behind a certificate of somebody else's, by Traefik's own kinds", function (machine, ports) {
  this.timeout("9m");
  if (!whole) {
    it(
      "skipped: npm run proof -- releases runs it; test/node/traefik.test.ts looks into certificates of an Ingress and a Gateway",
    );
    return;
  }
  secured(machine, ports);
});

function secured(machine: Machine, { http, https }: { http: number; https: number }): void {
  const door = throughTraefik("ingress", { http });
  const system = new ReleasingSystem(machine, ["pr-66", "pr-67"], door);
  const { trial } = system;
  before("up, as a canary without TLS", () => system.make(canary));
  after(() => system.drop());

  function noted(what: string, released: Released): Released {
    record("A canary behind TLS, under load", {
      what,
      requests: released.outcome.sent,
      failed: Object.values(released.outcome.failed).reduce((sum, at) => sum + at.length, 0),
      "release s": Math.round(released.seconds),
      ends: released.code === 0 ? "released" : "not released",
    });
    assert.deepEqual(released.outcome.failed, {}, released.output);
    return released;
  }

  it("is served by it once it is there, and releases without a request lost", async () => {
    const { certificate, key } = await selfSigned([door.headers["host"]!], 60);
    const pair = [`--from-literal=tls.crt=${certificate}`, `--from-literal=tls.key=${key}`];
    await kubectl(
      machine,
      "create",
      "secret",
      "generic",
      "given",
      "--type=kubernetes.io/tls",
      ...pair,
      "-n",
      trial.namespace,
    );
    await system.set("secret", "given");
    await trial.good("up", "--yes", "--skip-preview", "--stack", trial.stack);
    door.url = `https://127.0.0.1:${https}/`;
    // Traefik reads what has changed every two seconds at most.
    await eventually(async () => (await isAnswered(door)) || undefined, 200);
    const { code, output } = noted("a good version", await system.release("second", canary, 1_000));
    assert.equal(code, 0, output);
    assert.deepEqual(await system.shares(), { [`api-${system.slot("second")}`]: 100 });
  });

  it("serves on by the one before where the next is not there", async () => {
    await system.set("secret", "gone");
    const { code, output } = noted("a certificate that is not there", await system.release("second", canary, 1_000));
    assert.notEqual(code, 0, output);
    assert.match(output, /edge\.tls\.secret: Secret "gone" is not there/);
    await system.set("secret", "given");
    const back = noted("the certificate again, with another version", await system.release("third", canary, 1_000));
    assert.equal(back.code, 0, back.output);
  });
}

function isAnswered({ url, headers }: Door): Promise<boolean> {
  const how = { headers, servername: headers["host"], rejectUnauthorized: false, agent: false };
  return new Promise((done) => {
    const call = request(url, how, (answer) => {
      answer.resume();
      done(answer.statusCode === 200);
    });
    call.on("error", () => done(false)).end();
  });
}
