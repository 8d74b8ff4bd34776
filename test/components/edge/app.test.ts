import assert from "node:assert/strict";
import * as palier from "../../../index.ts";
import { images } from "../../avnir.ts";
import { declared, find } from "../../declared.ts";

const edge = { host: "avnir.example", tls: { generated: true }, timeoutSeconds: 30 };

/** An app with that edge on a stack, and its URL. */
async function app(stack: string, told?: string, args: palier.EnvironmentArgs = {}) {
  let url: string | undefined;
  const config = told === undefined ? undefined : { "palier:edge": told };
  const resources = await declared({ stack, ...(config && { config }) }, () => {
    const environment = new palier.Environment("shop", args);
    url = new palier.App("api", { environment, image: images.api, edge }).url;
  });
  return { resources, url };
}

describe("an App with an edge", () => {
  it("is known by its URL, and its Service says what the controller reads there", async () => {
    const { resources, url } = await app("staging", '{"family":"traefik"}');
    assert.equal(url, "https://avnir.example");
    const { annotations } = find(resources, "kubernetes:core/v1:Service", "api-service").inputs.metadata;
    assert.deepEqual(annotations, {
      "palier.dev/release": "rolling",
      "traefik.ingress.kubernetes.io/service.serverstransport": "shop-staging-api-edge-transport@kubernetescrd",
    });
  });

  it("goes by what the program says before the configuration", async () => {
    const { resources } = await app("staging", '{"family":"traefik"}', { edge: { family: "haproxy" } });
    const { spec } = find(resources, "kubernetes:networking.k8s.io/v1:Ingress", "api-edge").inputs;
    assert.equal(spec.ingressClassName, "haproxy");
  });

  it("has none in dev, where nothing stands at the edge", async () => {
    const { resources, url } = await app("dev");
    assert.equal(url, undefined);
    assert.deepEqual(
      resources.filter(({ name }) => name.includes("edge")),
      [],
    );
  });

  for (const [told, says] of [
    ["traefik", /^palier:edge: text is not allowed; give an object with family, api/],
    ['{"family":"nginx"}', /^palier:edge\.family: "nginx" is not allowed; give one of traefik, haproxy, envoy/],
    ['{"family":"haproxy","api":"gateway"}', /"gateway" is not allowed for haproxy; give ingress/],
  ] as const) {
    it(`is refused where the configuration can't be: ${told}`, async () => {
      await assert.rejects(app("staging", told), ({ message }: Error) => says.test(message) || assert.fail(message));
    });
  }
});
