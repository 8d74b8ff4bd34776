import assert from "node:assert/strict";
import { isRefused } from "../../../local/conformance/entry.ts";
import { list } from "../../../local/conformance/list.ts";
import type { Arguments, Provider } from "../../../local/grpc/provider.ts";
import { imageArguments } from "../../../local/plugins/docker/image.ts";
import { docker } from "../../../local/plugins/docker/provider.ts";
import { kubernetesProvider } from "../../../local/plugins/kubernetes/provider.ts";
import { random } from "../../../local/plugins/random/provider.ts";
import { nameArguments } from "../../../local/plugins/tls/names.ts";
import { tls } from "../../../local/plugins/tls/provider.ts";
import { Sdk } from "./sdk.ts";

const kubernetes = kubernetesProvider("0.0.0");
const providers: Record<string, Provider> = { kubernetes, random, tls, docker };

function listedAsRefused(name: string): string[] {
  return list[name]!.entries.flatMap((entry) => (isRefused(entry) ? (entry.names ?? []) : []));
}

function same(found: Iterable<string>, expected: Iterable<string>): void {
  assert.deepEqual([...found].sort(), [...expected].sort());
}

function within(known: Arguments, property: string): string[] {
  const inner = known[property];
  assert.ok(typeof inner === "object");
  return Object.keys(inner.within);
}

describe("the stand-ins know of the installed SDKs", () => {
  for (const [name, provider] of Object.entries(providers)) {
    describe(name, () => {
      const sdk = new Sdk(name);

      it("every type of resource: it is here, or listed as refused", () => {
        const types = [...sdk.types.keys()];
        assert.ok(types.length > 3);
        const refused = listedAsRefused(name).filter((token) => sdk.types.has(token));
        same(
          types.filter((type) => !provider.has(type)),
          refused,
        );
      });

      it("every function and method: it is here, or listed as refused", () => {
        const refused = listedAsRefused(name).filter((token) => !sdk.types.has(token));
        same([...sdk.tokens("invoke"), ...sdk.tokens("call")], [...Object.keys(provider.functions ?? {}), ...refused]);
      });

      it("every key of the configuration", () => {
        same(Object.keys(provider.configuration), sdk.properties("provider.d.ts", "ProviderArgs"));
      });

      if (provider.argumentsOf === undefined) return;
      it("every argument of every resource", () => {
        for (const type of [...sdk.types.keys()].filter((one) => provider.has(one))) {
          same(Object.keys(provider.argumentsOf!(type)), sdk.arguments(type));
        }
      });
    });
  }

  it("every object of Kubernetes' API, and nothing else as one", () => {
    const types = new Sdk("kubernetes").types;
    assert.ok(types.size > 500);
    for (const [type, isObject] of types) assert.equal(kubernetes.has(type), isObject, type);
    for (const group of ["example.com", "kustomize.toolkit.fluxcd.io", "helm.sh.example.com"]) {
      assert.ok(kubernetes.has(`kubernetes:${group}/v1:Thing`), group);
    }
  });

  it("every nested argument of docker.Image and of a certificate's subject", () => {
    const [ofDocker, ofTls] = [new Sdk("docker"), new Sdk("tls")];
    same(within(imageArguments, "build"), [...ofDocker.properties("types/input.d.ts", "DockerBuild"), "contextDigest"]);
    same(within(imageArguments, "registry"), ofDocker.properties("types/input.d.ts", "Registry"));
    for (const subject of ["CertRequestSubject", "SelfSignedCertSubject"]) {
      same(within(nameArguments, "subject"), ofTls.properties("types/input.d.ts", subject));
    }
  });

  it("every argument of the functions that are here", () => {
    same(
      Object.keys(tls.functions!["tls:index/getPublicKey:getPublicKey"]!),
      new Sdk("tls").properties("getPublicKey.d.ts", "GetPublicKeyArgs"),
    );
  });
});
