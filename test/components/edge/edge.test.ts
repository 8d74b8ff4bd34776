import assert from "node:assert/strict";
import { edgeController } from "../../../components/edge/controllerShape.ts";
import type * as palier from "../../../index.ts";
import { edge, objects, specOf } from "./declaredEdge.ts";

const host = "avnir.studio";
const controller = { family: "traefik" };
const page: palier.Link = {
  kind: "app",
  name: "page",
  host: "page",
  port: 8080,
  selector: { "app.kubernetes.io/name": "page" },
  ready: "page",
  address: "http://page:8080",
};

describe("an app's edge", () => {
  it("lets in the controller's pods on the app's port, and nobody else [DP-90]", async () => {
    const chosen = { ...controller, namespace: "edge", selector: { "app.kubernetes.io/name": "traefik" } };
    const made = await edge({ host, tls: { secret: "tls" } }, { controller: chosen });
    assert.deepEqual(specOf(made, "NetworkPolicy", "api-edge-in"), {
      podSelector: {
        matchLabels: {
          "app.kubernetes.io/name": "api",
          "app.kubernetes.io/component": "app",
          "palier.dev/slot": "rolling",
        },
      },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "edge" } },
              podSelector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
            },
          ],
          ports: [{ protocol: "TCP", port: 3000 }],
        },
      ],
    });
  });

  it("asks cert-manager for a certificate of all hosts, by the environment's issuer or its own [MP-131]", async () => {
    const own = await edge({ host, tls: { issuer: "ca" } }, { controller });
    assert.deepEqual(specOf(own, "Certificate", "api-edge-certificate").issuerRef, {
      group: "cert-manager.io",
      kind: "Issuer",
      name: "ca",
    });
    const usual = { ...controller, clusterIssuer: "letsencrypt" };
    const made = await edge({ host, otherHosts: ["www.avnir.studio"] }, { controller: usual });
    assert.deepEqual(specOf(made, "Certificate", "api-edge-certificate"), {
      secretName: "api-edge-certificate",
      dnsNames: ["avnir.studio", "www.avnir.studio"],
      issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "letsencrypt" },
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      usages: ["digital signature", "key encipherment", "server auth"],
    });
    const [{ ports }] = specOf(made, "NetworkPolicy", "api-edge-challenge-in").ingress;
    assert.deepEqual(ports, [{ protocol: "TCP", port: 8089 }]);
  });

  it("makes a certificate of its own, in a Secret that comes anew with it", async () => {
    const made = await edge({ host, tls: { generated: true } }, { controller });
    const secret = made.resources.find(({ type }) => type === "kubernetes:core/v1:Secret")!.inputs;
    assert.deepEqual(
      [secret.type, secret.immutable, Object.keys(secret.stringData)],
      ["kubernetes.io/tls", true, ["ca.crt", "tls.crt", "tls.key"]],
    );
    assert.deepEqual(specOf(made, "Ingress").tls, [{ hosts: [host], secretName: secret.metadata.name }]);
    const request = made.resources.find(({ type }) => type.endsWith(":CertRequest"))!.inputs;
    assert.deepEqual(request.dnsNames, [host]);
  });

  it("makes one for an app that says nothing, where the environment says so, and never two [DP-89]", async () => {
    const signed = { ...controller, generated: true };
    assert.ok(
      (await edge({ host }, { controller: signed })).resources.some(({ type }) => type.endsWith(":CertRequest")),
    );
    const own = await edge({ host, tls: { secret: "avnir-studio" } }, { controller: signed });
    assert.ok(!own.resources.some(({ type }) => type.endsWith(":CertRequest")));
    assert.throws(
      () => edgeController("edge", { ...signed, clusterIssuer: "letsencrypt" }),
      /edge: clusterIssuer and generated are given; give one of the two/,
    );
  });

  it("takes a Secret that is there, and asks nobody", async () => {
    const made = await edge({ host, tls: { secret: "avnir-studio" } }, { controller });
    assert.deepEqual(specOf(made, "Ingress").tls, [{ hosts: [host], secretName: "avnir-studio" }]);
    assert.ok(!objects(made).some((one) => /Certificate|challenge/.test(one)));
  });

  for (const family of ["traefik", "haproxy", "envoy"]) {
    it(`leads to the page while work is done, by nothing but another backend: ${family}`, async () => {
      const of = (on: boolean) =>
        edge({ host, tls: { secret: "tls" }, maintenance: { on, page } }, { controller: { family } });
      const [off, on] = [await of(false), await of(true)];
      assert.deepEqual(objects(on), objects(off));
      const changed = off.resources.filter((one, index) => !same(one, on.resources[index]));
      const kind = family === "envoy" ? "HTTPRoute" : "Ingress";
      assert.deepEqual(
        changed.map(({ type }) => type.split(":").at(-1)),
        [kind],
      );
      const backend = (made: typeof on) => {
        const [rule] = specOf(made, kind).rules;
        return family === "envoy" ? rule.backendRefs[0] : rule.http.paths[0].backend.service;
      };
      const port = (number: number) => (family === "envoy" ? number : { number });
      assert.deepEqual(backend(off), { name: "api", port: port(3000) });
      assert.deepEqual(backend(on), { name: "page", port: port(8080) });
      assert.deepEqual(specOf(off, "NetworkPolicy", "api-edge-page-in").podSelector.matchLabels, page.selector);
    });
  }
});

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
