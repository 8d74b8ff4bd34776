import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { openClone } from "../../../../local/clone.ts";
import { buildGo } from "../../../../local/go-build.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { brought } from "../../edge/definitions.ts";
import { kubectl } from "../../kubectl.ts";
import type { Machine } from "../../machine.ts";

const { module } = brought["Argo Rollouts"]!;
const kinds = ["rollout", "analysis-run", "analysis-template", "cluster-analysis-template", "experiment"];
const quiet = { say: () => {}, progress: () => {} };

/**
 * The real controller of Argo Rollouts, of its Go module: a process beside the node that sees one namespace alone. It asks the
 * cluster's own DNS, as it would in a pod.
 */
export class ArgoController {
  readonly #machine: Machine;
  readonly #log = join(temporaryFolder("argo"), "log");
  #process: ChildProcess | undefined;
  #made: string[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  async start(namespace: string): Promise<void> {
    const dir = JSON.parse(execFileSync("go", ["mod", "download", "-json", module], { encoding: "utf8" })).Dir;
    const { cache } = await openClone();
    const [, version] = module.split("@v") as [string, string];
    const program = { name: "argo-rollouts", version, dir, package: "./cmd/rollouts-controller", cache };
    const built = await buildGo(quiet, program);
    await this.#define(join(dir, "manifests", "crds"));
    const ports = [await freePort(), await freePort()];
    const resolver = join(temporaryFolder("argo"), "resolv.conf");
    const dns = await this.#kubectl("get", "service/kube-dns", "-n", "kube-system", "-o", "jsonpath={.spec.clusterIP}");
    writeFileSync(
      resolver,
      `nameserver ${dns}\nsearch ${namespace}.svc.cluster.local svc.cluster.local cluster.local\n`,
    );
    const flags = ["--kubeconfig", this.#machine.kubeconfig, "--namespaced", "--namespace", namespace];
    const own = ["--leader-elect=false", `--metricsPort=${ports[0]}`, `--healthzPort=${ports[1]}`, "--loglevel=info"];
    const traefik = ["--traefik-api-group=traefik.io", "--traefik-api-version=traefik.io/v1alpha1"];
    const script = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
    const log = openSync(this.#log, "w");
    const all = ["--mount", "sh", "-c", script, resolver, built, ...flags, ...own, ...traefik];
    this.#process = spawn("unshare", all, { stdio: ["ignore", log, log] });
    closeSync(log);
    const child = this.#process;
    process.once("exit", () => child.kill("SIGKILL"));
  }

  /** What it has logged last, for who looks why something did not come. */
  lastWords(): string {
    return readFileSync(this.#log, "utf8").split("\n").slice(-40).join("\n");
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (child && child.exitCode === null) {
      child.kill("SIGKILL");
      await once(child, "close");
    }
    if (this.#made.length > 0) await this.#kubectl("delete", ...this.#made, "--wait=false");
  }

  async #define(folder: string): Promise<void> {
    const present = await this.#kubectl("get", "crd", "-o", "name");
    for (const kind of kinds) {
      const file = join(folder, `${kind}-crd.yaml`);
      const name = (await this.#kubectl("create", "--dry-run=client", "-o", "name", "-f", file)).trim();
      if (present.includes(name)) continue;
      await this.#kubectl("create", "-f", file);
      this.#made.push(name);
    }
    if (this.#made.length > 0)
      await this.#kubectl("wait", "--for=condition=Established", ...this.#made, "--timeout=60s");
  }

  #kubectl(...args: string[]): Promise<string> {
    return kubectl(this.#machine, ...args);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}
