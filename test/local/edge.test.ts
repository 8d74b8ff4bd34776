import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { versionOf } from "../../local/edge/module.ts";
import { edgeObjects } from "../../local/edge/objects.ts";

interface Rule {
  resources: string[];
  verbs: string[];
}

describe("Traefik before the embedded node", () => {
  const image = `127.0.0.1:20101/palier/traefik@sha256:${"a".repeat(64)}`;
  const objects = JSON.parse(JSON.stringify(edgeObjects(image, { http: 20090, https: 20091 })));
  const of = (kind: string) => objects.find((one: { kind: string }) => one.kind === kind);

  it("reads what it serves, changes no more than the status of it, and runs no command anywhere [MP-130]", () => {
    for (const { resources, verbs } of of("ClusterRole")["rules"] as Rule[]) {
      const status = resources.every((resource) => resource.endsWith("/status"));
      assert.deepEqual(verbs, status ? ["update"] : ["get", "list", "watch"], resources.join());
      assert.ok(!resources.some((resource) => /^(pods|roles|\*\/\*)|exec/.test(resource)));
    }
    assert.deepEqual(of("ClusterRoleBinding")["subjects"], [
      { kind: "ServiceAccount", name: "traefik", namespace: "traefik" },
    ]);
  });

  it("runs as nobody, by its digest, with a file system that nothing is written to", () => {
    const { spec } = of("Deployment")["spec"].template;
    const [container] = spec.containers;
    assert.equal(container.image, image);
    assert.deepEqual(
      [spec.securityContext.runAsNonRoot, container.securityContext.readOnlyRootFilesystem],
      [true, true],
    );
    assert.deepEqual(container.securityContext.capabilities, { drop: ["ALL"] });
  });

  it("asks nobody outside for anything", () => {
    const { args } = of("Deployment")["spec"].template.spec.containers[0];
    for (const flag of ["checknewversion", "sendanonymoususage"]) assert.ok(args.includes(`--global.${flag}=false`));
  });

  it("is the version that its go.mod asks for, and the Gateway API's the one that goes with it", async () => {
    assert.match(await versionOf("github.com/traefik/traefik/v3"), /^3\.\d+\.\d+$/);
    assert.match(await versionOf("sigs.k8s.io/gateway-api"), /^1\.\d+\.\d+$/);
    await assert.rejects(versionOf("example.org/none"), /local\/edge\/go.mod requires no example.org\/none/);
  });

  it("is built by nothing but --edge: no other file of local/ names its builder", () => {
    const root = join(import.meta.dirname, "../../local");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const naming = files.filter(
      (file) => !file.startsWith("edge/") && readFileSync(join(root, file), "utf8").includes("edge/bring.ts"),
    );
    assert.deepEqual(naming.sort(), ["commands/start.ts", "proof/testNode.ts"]);
  });
});
