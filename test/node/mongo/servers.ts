import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { closedPod } from "../closedPod.ts";
import { kubectl } from "../kubectl.ts";
import type { Machine } from "../machine.ts";

/** By whom the servers are used. */
export const login = { user: "shop", password: "zQ7-of-the-stand-in", database: "shop" };

function pod(name: string, image: string): object {
  const command = ["sh", "-c", 'export ADDRESS="$IP:27017"; mkdir -p /data/db; exec ferretdb'];
  const env = [
    { name: "IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
    { name: "FOLDER", value: "/data/db" },
    { name: "SETUP_DATABASE", value: login.database },
    { name: "SETUP_USERNAME", value: login.user },
    { name: "SETUP_PASSWORD", value: login.password },
  ];
  return closedPod({
    ...{ name, app: "mongo", image, command, env },
    ...{ port: 27017, memory: "256Mi", writable: ["/data", "/tmp"] },
  });
}

/** Its own people let everybody in. */
const open = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "mongo" },
  spec: { podSelector: { matchLabels: { app: "mongo" } }, ingress: [{ ports: [{ port: 27017 }] }] },
};

/** FerretDB in pods, in the place of MongoDBs that somebody else runs. Returns their addresses. */
export async function startServers(machine: Machine, image: string, namespace: string, names: string[]) {
  const to = ["--kubeconfig", machine.kubeconfig, "-n", namespace];
  const items = [open, ...names.map((name) => pod(name, image))];
  const applied = promisify(execFile)(machine.kubectl, [...to, "apply", "-f", "-"]);
  applied.child.stdin!.end(JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await applied;
  const pods = names.map((name) => `pod/${name}`);
  await kubectl(machine, "-n", namespace, "wait", "--for=condition=Ready", ...pods, "--timeout=120s");
  const ip = (name: string) =>
    kubectl(machine, "-n", namespace, "get", "pod", name, "-o", "jsonpath={.status.podIP}").then((text) => text.trim());
  return Promise.all(names.map(ip));
}
