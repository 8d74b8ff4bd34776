import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { openClone } from "../../../../local/clone.ts";
import { debianEnvironment, debianParts } from "../../../../local/debian.ts";
import { freePort } from "../../../components/backup/objectStore.ts";
import { temporaryFolder } from "../../../temporary.ts";
import { eventually } from "../../eventually.ts";
import type { Machine } from "../../machine.ts";

/** A real Prometheus, of Debian's package, which reads every second what the pods of a namespace say, through the API server. */
export class Prometheus {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  static async start(machine: Machine, namespace: string, port: number): Promise<Prometheus> {
    const { cache } = await openClone();
    const root = await debianParts({ say: () => {}, progress: () => {} }, cache, ["prometheus"]);
    const folder = temporaryFolder("prometheus");
    writeFileSync(join(folder, "prometheus.yaml"), stringify(reading(machine, folder, namespace, port)));
    const listens = `127.0.0.1:${await freePort()}`;
    const args = [
      "--config.file=prometheus.yaml",
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${listens}`,
    ];
    const env = { ...process.env, ...debianEnvironment(root) };
    const child = spawn(join(root, "usr/bin/prometheus"), args, { cwd: folder, env, stdio: "ignore" });
    const made = new Prometheus(`http://${listens}`, child);
    await eventually(async () => (await fetch(`${made.url}/-/ready`)).ok || undefined, 200);
    return made;
  }

  async stop(): Promise<void> {
    const ended = new Promise((done) => this.#process.once("exit", done));
    this.#process.kill("SIGTERM");
    await ended;
  }
}

function reading({ kubeconfig }: Machine, folder: string, namespace: string, port: number): object {
  const { clusters, users } = parse(readFileSync(kubeconfig, "utf8"));
  const file = (name: string, data: string) => {
    const path = join(folder, name);
    writeFileSync(path, Buffer.from(data, "base64"), { mode: 0o600 });
    return path;
  };
  const { server, "certificate-authority-data": authority } = clusters[0].cluster;
  const { "client-certificate-data": certificate, "client-key-data": key } = users[0].user;
  const tls_config = {
    ca_file: file("ca.crt", authority),
    cert_file: file("client.crt", certificate),
    key_file: file("client.key", key),
  };
  const kept = [{ source_labels: ["__meta_kubernetes_pod_phase"], regex: "Running", action: "keep" }];
  const proxied = `/api/v1/namespaces/${namespace}/pods/\${1}:${port}/proxy/metrics`;
  const pod = "__meta_kubernetes_pod_name";
  return {
    global: { scrape_interval: "1s", scrape_timeout: "1s" },
    scrape_configs: [
      {
        job_name: "pods",
        scheme: "https",
        tls_config,
        kubernetes_sd_configs: [{ role: "pod", api_server: server, tls_config, namespaces: { names: [namespace] } }],
        relabel_configs: [
          ...kept,
          { source_labels: [pod], target_label: "pod" },
          { source_labels: [pod], regex: "(.*)", replacement: proxied, target_label: "__metrics_path__" },
          { target_label: "__address__", replacement: server.replace("https://", "") },
        ],
      },
    ],
  };
}
