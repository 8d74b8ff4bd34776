import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as palier from "../../index.ts";
import { type Declared, declared } from "../declared.ts";
import { canaries, edges } from "../identity/edges.ts";
import { byEngine } from "../identity/engines.ts";
import { brought, definitionFiles } from "./edge/definitions.ts";
import { kubectl } from "./kubectl.ts";
import { describeOnNode } from "./machine.ts";

const run = promisify(execFile);
const image = `registry.example/api@sha256:${"a".repeat(64)}`;

/** What an edge may have beside what all of them have. */
function more(): Promise<Declared[]> {
  return declared({ stack: "staging" }, () => {
    const environment = new palier.Environment("shop", { edge: { family: "envoy" } });
    const oidc = { issuer: "https://id.shop.example", clientId: "shop", clientSecret: "oidc" };
    const tls = { issuer: "ca" };
    const edge = {
      host: "admin.shop.example",
      oidc,
      tls,
      webSockets: true,
      compress: true,
      headers: { "Permissions-Policy": "camera=()" },
    };
    new palier.App("admin", { environment, image, edge });
  });
}

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
}

describeOnNode("the kinds that an edge is made of, by the definitions of those who brought them", function (machine) {
  this.timeout("8m");
  const made: string[] = [];
  let all: Manifest[];

  before(async () => {
    const present = await kubectl(machine, "get", "crd", "-o", "name");
    for (const one of Object.values(brought)) {
      for (const file of definitionFiles(one)) {
        const told = await kubectl(machine, "create", "--dry-run=client", "-o", "name", "-f", file);
        const names = told.trim().split("\n");
        if (names.every((name) => present.includes(name))) continue; // Traefik's, on a node that it stands before
        await kubectl(machine, "create", "-f", file);
        made.push(...names);
      }
    }
    if (made.length > 0) await kubectl(machine, "wait", "--for=condition=Established", ...made, "--timeout=60s");
    const declares = [...Object.values(edges), ...Object.values(canaries), ...Object.values(byEngine), more];
    const resources = (await Promise.all(declares.map((declare) => declare()))).flat();
    all = resources.map(({ inputs }) => inputs).filter(({ kind }) => kind !== undefined);
  });

  after(async () => {
    if (made.length > 0) await kubectl(machine, "delete", ...made, "--wait=false");
  });

  /** What the API server says of an object that it is not to keep. */
  async function tried({ metadata, ...rest }: Manifest): Promise<string> {
    const object = { ...rest, metadata: { ...metadata, name: `tried-${metadata.name}`, namespace: "default" } };
    const create = ["create", "--dry-run=server", "--validate=strict", "-f", "-"];
    const running = run(machine.kubectl, ["--kubeconfig", machine.kubeconfig, ...create]);
    running.child.stdin!.end(JSON.stringify(object));
    return running.then(
      () => "",
      ({ stderr }) => stderr,
    );
  }

  const of = (groups: string[]) => all.filter(({ apiVersion }) => groups.includes(apiVersion.split("/")[0]!));

  for (const [who, { groups, module }] of Object.entries(brought)) {
    it(`${who} (${module.split("@")[1]}): the API server takes every object, and none with a field too many [DP-48 MP-131]`, async () => {
      const own = of(groups);
      assert.ok(own.length > 0);
      for (const one of own) assert.equal(await tried(one), "", `${one.kind} ${one.metadata.name}`);
      const [first] = own;
      assert.match(await tried({ ...first!, spec: { ...first!.spec, certain: "no" } }), /unknown field "spec.certain"/);
    });
  }

  it("are Certificates of an Issuer and of a ClusterIssuer, and one without a Secret is refused [MP-131 DP-89]", async () => {
    const certificates = of(["cert-manager.io"]);
    const issuers = certificates.map(({ spec }) => (spec["issuerRef"] as { kind: string }).kind);
    assert.deepEqual([...new Set(issuers)].sort(), ["ClusterIssuer", "Issuer"]);
    const { secretName: _, ...without } = certificates[0]!.spec;
    assert.match(await tried({ ...certificates[0]!, spec: without }), /spec.secretName: Required value/);
  });
});
