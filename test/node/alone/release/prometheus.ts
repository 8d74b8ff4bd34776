import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Cluster } from "../../../../core/cluster/cluster.ts";
import { openClone } from "../../../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../../../local/debian.ts";
import { freePort } from "../../../components/backup/objectStore.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { eventually } from "../../eventually.ts";
import type { Machine } from "../../machine.ts";

/** Its configuration and its list of pods, in the folder that it is started in. */
const [config, list] = ["prometheus.yaml", "pods.json"];

/**
 * A real Prometheus, of Debian's package, which reads every second what the pods of a namespace say, through the API server. Debian
 * builds it without knowledge of Kubernetes: which pods there are, it is told by a file.
 */
export class Prometheus {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #looking: NodeJS.Timeout;

  private constructor(url: string, process: ChildProcess, looking: NodeJS.Timeout) {
    this.url = url;
    this.#process = process;
    this.#looking = looking;
  }

  static async start(machine: Machine, namespace: string, port: number): Promise<Prometheus> {
    const { cache } = await openClone();
    const root = await debianParts({ say: () => {}, progress: () => {} }, cache, ["prometheus"]);
    const folder = temporaryFolder("prometheus");
    const { server, settings } = reading(machine, folder);
    writeFileSync(join(folder, config), stringify(settings));
    writeFileSync(join(folder, list), "[]");
    const cluster = new Cluster({ context: machine.context, kubeconfig: machine.kubeconfig, namespace });
    const looking = setInterval(() => void tell(cluster, folder, server, port).catch(() => {}), 1000);
    const listens = `127.0.0.1:${await freePort()}`;
    const args = [`--config.file=${config}`, "--storage.tsdb.path=data", `--web.listen-address=${listens}`];
    const env = { ...process.env, ...debianEnvironment(root) };
    const child = spawn(join(root, "usr/bin/prometheus"), args, { cwd: folder, env, stdio: "ignore" });
    const made = new Prometheus(`http://${listens}`, child, looking);
    await eventually(async () => (await fetch(`${made.url}/-/ready`)).ok || undefined, 200);
    return made;
  }

  async stop(): Promise<void> {
    clearInterval(this.#looking);
    const ended = new Promise((done) => this.#process.once("exit", done));
    this.#process.kill("SIGTERM");
    await ended;
  }
}

/** Whole at each moment: it is read whenever it changes. */
async function tell(cluster: Cluster, folder: string, server: string, port: number): Promise<void> {
  const pods = await cluster.list("Pod");
  const running = pods.filter(({ status }) => status?.phase === "Running").map(({ metadata }) => metadata.name);
  const path = (pod: string) => `/api/v1/namespaces/${cluster.namespace}/pods/${pod}:${port}/proxy/metrics`;
  const targets = running.map((pod) => ({ targets: [server], labels: { pod, __metrics_path__: path(pod) } }));
  writeFileSync(join(folder, `${list}.new`), JSON.stringify(targets));
  renameSync(join(folder, `${list}.new`), join(folder, list));
}

function reading({ kubeconfig }: Machine, folder: string): { server: string; settings: object } {
  const { clusters, users } = parse(readFileSync(kubeconfig, "utf8"));
  const file = (name: string, data: string) => {
    writeFileSync(join(folder, name), Buffer.from(data, "base64"), { mode: 0o600 });
    return name;
  };
  const { server, "certificate-authority-data": authority } = clusters[0].cluster;
  const { "client-certificate-data": certificate, "client-key-data": key } = users[0].user;
  const tls_config = {
    ca_file: file("ca.crt", authority),
    cert_file: file("client.crt", certificate),
    key_file: file("client.key", key),
  };
  const pods = { job_name: "pods", scheme: "https", tls_config, file_sd_configs: [{ files: [list] }] };
  const settings = { global: { scrape_interval: "1s", scrape_timeout: "1s" }, scrape_configs: [pods] };
  return { server: server.replace("https://", ""), settings };
}
