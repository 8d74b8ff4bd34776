import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { type Declared, declared, find } from "../../declared.ts";
import { schemaErrors } from "../../fuzz/kubernetesSchema.ts";

const [image, next] = ["a1b2c3d4", "b2c3d4e5"].map((eight) => `registry.example/api@sha256:${eight.repeat(8)}`) as [
  string,
  string,
];
const [deployment, service] = ["kubernetes:apps/v1:Deployment", "kubernetes:core/v1:Service"];
const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

function app(phase: palier.PhaseArgs | undefined, args: Partial<palier.AppArgs> = {}, api = "gateway") {
  return declared({ stack: "staging" }, () => {
    const edge = { family: "traefik", api, clusterIssuer: "letsencrypt" };
    const environment = new palier.Environment("shop", { edge });
    const rollout = { canary: phase ? { phase } : {} };
    new palier.App("api", { environment, image, rollout, edge: { host: "shop.example" }, ...args });
  });
}

const names = (resources: Declared[]) => resources.map(({ type, name }) => `${type} ${name}`).sort();
const both = [
  { name: "api-a1b2c3d4", port: 3000, weight: 90 },
  { name: "api-b2c3d4e5", port: 3000, weight: 10 },
];

describe("an app of which a release waits at a share", function () {
  this.timeout(60_000);

  it("has the pods and the Service of both, led to by their shares; all else is of what counts", async () => {
    const plain = names(await app(undefined));
    const resources = await app({ image: next, weight: 10 });
    assert.deepEqual(
      names(resources).filter((one) => !plain.includes(one)),
      [`${deployment} api-b2c3d4e5`, `${service} api-b2c3d4e5-service`],
    );
    const beside = find(resources, deployment, "api-b2c3d4e5").inputs;
    assert.equal(beside.spec.template.spec.containers[0].image, next);
    assert.equal(beside.spec.selector.matchLabels["palier.dev/slot"], "b2c3d4e5");
    assert.equal(find(resources, service, "api-service").inputs.spec.selector["palier.dev/slot"], "a1b2c3d4");
    const { metadata, spec } = find(resources, route, "api-edge").inputs;
    assert.deepEqual(spec.rules[0].backendRefs, both);
    assert.equal(metadata.annotations["palier.dev/release"], "api-a1b2c3d4=90,api-b2c3d4e5=10");
    const { data } = find(resources, "kubernetes:core/v1:ConfigMap", "api-release").inputs;
    assert.deepEqual(data, { target: "a1b2c3d4", next: "b2c3d4e5", share: "10" });
    assert.deepEqual(resources.flatMap(schemaErrors), []);
  });

  it("is the same by Traefik's own kinds, each with what the Service is led to by", async () => {
    const edge = { host: "shop.example", timeoutSeconds: 9 };
    const resources = await app({ image: next, weight: 10 }, { edge }, "ingress");
    const { weighted } = find(resources, "kubernetes:traefik.io/v1alpha1:TraefikService", "api-edge").inputs.spec;
    const serversTransport = "api-edge-transport";
    assert.deepEqual(
      weighted.services,
      both.map((one) => ({ ...one, serversTransport })),
    );
  });

  it("is the pods of what counts to the letter once it counts: nothing is made anew then", async () => {
    const of = async (resources: Promise<Declared[]>) => {
      const all = await resources;
      return [find(all, deployment, "api-b2c3d4e5").inputs, find(all, service, "api-b2c3d4e5-service").inputs];
    };
    const waiting = await of(app({ image: next, weight: 50 }));
    assert.deepEqual(await of(app(undefined, { image: next })), waiting);
    const settled = await app({ image: next, weight: 100 });
    assert.deepEqual(names(settled), names(await app(undefined, { image: next })));
    assert.deepEqual(
      find(settled, route, "api-edge").inputs,
      find(await app(undefined, { image: next }), route, "api-edge").inputs,
    );
  });

  it("is nothing with a share of 0, but keeps the schema: no migration of what counts goes over it", async () => {
    const migrate = { command: ["migrate"], rollback: "down" };
    const job = "kubernetes:batch/v1:Job";
    for (const [phase, migrates] of [
      [{ image: next, weight: 10 }, next],
      [{ image: next, weight: 0 }, next],
      [{ image: next, weight: 100 }, next],
      [undefined, image],
    ] as const) {
      const resources = await app(phase, { migrate });
      const { containers } = find(resources, job, "api-migrate-job").inputs.spec.template.spec;
      assert.equal(containers[0].image, migrates);
    }
    assert.deepEqual(names(await app({ image: next, weight: 0 })), names(await app(undefined)));
  });

  it("tells Sentry each of itself", async () => {
    const resources = await app({ image: next, weight: 10 }, { secrets: { SENTRY_DSN: { generate: 32 } } });
    const told = (name: string) =>
      find(resources, "kubernetes:core/v1:ConfigMap", name).inputs.data.SENTRY_RELEASE as string;
    assert.equal(told("api-variables"), image.split("@")[1]);
    assert.equal(told("api-beside-variables"), next.split("@")[1]);
  });

  it("leads to the page in maintenance, and to neither of both", async () => {
    const resources = await declared({ stack: "staging" }, () => {
      const edge = { family: "traefik", api: "gateway", clusterIssuer: "letsencrypt" };
      const environment = new palier.Environment("shop", { edge });
      const page = new palier.App("page", { environment, image });
      const maintenance = { on: true, page: page.link };
      const rollout = { canary: { phase: { image: next, weight: 10 } } };
      new palier.App("api", { environment, image, rollout, edge: { host: "shop.example", maintenance } });
    });
    const { backendRefs } = find(resources, route, "api-edge").inputs.spec.rules[0];
    assert.deepEqual(backendRefs, [{ name: "page", port: 3000, weight: 100 }]);
  });

  const refused: [string, palier.PhaseArgs, Partial<palier.AppArgs>, RegExp][] = [
    [
      "no share of a step",
      { image: next, weight: 25 },
      {},
      /phase\.weight: 25 is not allowed; give one of 0, 10, 50, 100/,
    ],
    ["more than all", { image: next, weight: 101 }, {}, /phase\.weight: 101 is not allowed/],
    ["a share as text", { image: next, weight: "10" as never }, {}, /phase\.weight: text is not allowed/],
    ["no image", { weight: 10 } as never, {}, /phase\.image: is missing/],
    ["an image without a digest", { image: "api:2", weight: 10 }, {}, /phase\.image: "api:2" has no digest/],
    ["what counts already", { image, weight: 10 }, {}, /phase\.weight: 10 % of what counts already: image is the same/],
    [
      "a contraction",
      { image: next, weight: 10 },
      { migrate: { command: ["migrate"], rollback: "restore", phase: "contract" } },
      /phase: migrate\.phase is contract, which takes away what image still uses/,
    ],
  ];
  for (const [what, phase, args, says] of refused) {
    it(`is refused with ${what}`, async () => void (await assert.rejects(app(phase, args), says)));
  }

  it("is let pass with all of what counts already: the image was moved over", async () => {
    assert.deepEqual(names(await app({ image, weight: 100 })), names(await app(undefined)));
  });
});
