import { readFileSync } from "node:fs";

/**
 * What `npm test` has prepared for the tests in this folder: the real engine with its plugins, a real node, and the images.
 * Run one of them alone with `PALIER_TEST_MACHINE=<home>/machine.json npx mocha test/node/<name>.test.ts`.
 */
export interface Machine {
  /** State of the test run; a test keeps its own files in a folder of its own below it. */
  home: string;
  /** The Pulumi CLI. */
  pulumi: string;
  node: string;
  kubectl: string;
  kubeconfig: string;
  context: string;
  /** `127.0.0.1:<port>`, from the machine and from inside the node. */
  registry: string;
  /** References with digests in that registry. */
  images: { postgres: string; redis: string; nodeBase: string };
  /** Node ports `nodePortFirst` to `nodePortFirst + 99` listen on 127.0.0.1; a run of AVNIR takes the first three. */
  nodePortFirst: number;
  /** Ports on 127.0.0.1 of a Traefik on the node; `npm test -- --edge` brings one. */
  edge?: { http: number; https: number };
  /** The environment that `npm run env` exports: engine and kubectl on PATH, plugins, backend, passphrase, KUBECONFIG. */
  env: Record<string, string>;
}

/** `describe` for tests against the machine; where there is none, one skipped test that says why. */
export function describeOnNode(title: string, body: (this: Mocha.Suite, machine: Machine) => void): void {
  const file = process.env["PALIER_TEST_MACHINE"];
  if (!file) {
    const why = process.env["PALIER_TEST_NO_MACHINE"] ?? "PALIER_TEST_MACHINE is not set; npm test sets it";
    describe(title, () => void it(`skipped: ${why}`));
    return;
  }
  const machine: Machine = JSON.parse(readFileSync(file, "utf8"));
  describe(title, function () {
    this.timeout("3m");
    body.call(this, machine);
  });
}

/** The same for tests through a real Traefik, which not every node has. */
export function describeAtEdge(
  title: string,
  body: (this: Mocha.Suite, machine: Machine, ports: NonNullable<Machine["edge"]>) => void,
): void {
  describeOnNode(title, function (machine) {
    if (machine.edge) body.call(this, machine, machine.edge);
    else it("skipped: no Traefik on this node; npm test -- --edge builds it and brings it");
  });
}
