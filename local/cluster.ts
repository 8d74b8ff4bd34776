import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { access, mkdir, open, readFile, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { endSoon } from "./certificates.ts";
import type { Clone } from "./clone.ts";
import { debianParts, debianRoot, debianVersions } from "./debian.ts";
import { buildGo, builtPath, type GoProgram } from "./go-build.ts";
import type { Part } from "./part.ts";
import { LocalError, type Step } from "./steps.ts";

const run = promisify(execFile);

export const kubernetesVersion = "1.34.3";
const coreDnsVersion = "1.12.1";

/** What runs a node, besides our own program. */
const debianPackages = ["containerd", "containernetworking-plugins", "docker-registry", "iptables", "nftables", "runc"];

export interface Cluster {
  kubeconfig: string;
  context: string;
  /** Where images are pushed and pulled, outside and inside: plain http. */
  registry: string;
}

/** The programs that a node is started with. */
export interface ClusterParts {
  node: string;
  coreDns: string;
  pause: string;
  debian: string;
}

function programs(cache: string): Record<"node" | "coreDns" | "pause", GoProgram> {
  const dir = join(import.meta.dirname, "cluster");
  const stamps = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) => [
    `-X ${path}.gitVersion=v${kubernetesVersion}`,
    `-X ${path}.gitMajor=1`,
    `-X ${path}.gitMinor=34`,
  ]);
  return {
    node: { name: "palier-node", version: kubernetesVersion, dir, package: ".", ldflags: stamps.join(" "), cache },
    coreDns: { name: "coredns", version: coreDnsVersion, dir, package: "./cmd/coredns", cache },
    pause: { name: "pause", version: "1", dir, package: "./cmd/pause", cache },
  };
}

/** Builds and fetches what a node runs on; afterwards it comes from the cache. */
export async function prepareCluster(step: Step, clone: Clone): Promise<ClusterParts> {
  const debian = await debianParts(step, clone.cache, debianPackages);
  const { node, coreDns, pause } = programs(clone.cache);
  return {
    debian,
    pause: await buildGo(step, pause),
    node: await buildGo(step, node),
    coreDns: await buildGo(step, coreDns),
  };
}

/** Where the cache has what {@link prepareCluster} builds, and the Debian packages that it fetches. */
export async function cachedCluster(cache: string): Promise<{ built: string[]; packages: string[] }> {
  const built = await Promise.all(Object.values(programs(cache)).map(builtPath));
  return { built, packages: debianPackages };
}

/** Starts the node, or finds it running; returns once pods can be made and names are answered. */
export async function startCluster(step: Step, clone: Clone, parts: ClusterParts): Promise<Cluster> {
  const folder = folderOf(clone);
  await mkdir(join(folder, "log"), { recursive: true, mode: 0o700 });
  if ((await clusterStatus(clone)).running && (await endSoon(join(folder, "pki")))) {
    step.say("its certificates end within a month: it starts anew, with others");
    await stopCluster(step, clone);
  }
  if (!(await clusterStatus(clone)).running) await supervise(clone, parts);
  await linkKubectl(clone, parts);
  const waiting = spawn(parts.node, ["wait", "--folder", folder], { stdio: ["ignore", "pipe", "pipe"] });
  let problem = "";
  waiting.stderr.setEncoding("utf8").on("data", (text: string) => {
    problem += text;
  });
  const ended = new Promise<number | null>((done, failed) => waiting.on("close", done).on("error", failed));
  for await (const line of createInterface(waiting.stdout)) step.say(line);
  if ((await ended) !== 0) {
    throw new LocalError(
      `The node did not come up: ${problem.trim().split("\n").at(-1)}${await lastWords(folder)}`,
      `read ${join(folder, "log")}, or begin anew with: npm stop && npm run clean && npm start`,
    );
  }
  return clusterOf(clone);
}

/** Stops the node and leaves nothing of it running; its data is kept. */
export async function stopCluster(step: Step, clone: Clone): Promise<void> {
  const node = await builtPath(programs(clone.cache).node);
  const settings = await readFile(join(folderOf(clone), "settings.json"), "utf8").catch(() => undefined);
  if (settings === undefined) return;
  const { running } = await clusterStatus(clone);
  if (!running && !existsSync(node)) return; // built from another source, and not running
  // The program that runs may be of an older source than this one's; either can stop it.
  const program = running ? await executableOf(running, node) : node;
  await run(program, ["stop", "--folder", folderOf(clone)]).catch((error: { stderr?: string; message: string }) => {
    throw new LocalError(
      `The node could not be stopped: ${(error.stderr ?? error.message).trim()}`,
      `run npm stop again; its process is ${running ?? "gone"}.`,
    );
  });
  step.say("no process, mount, rule or cgroup of it is left");
}

/** The process that keeps this clone's node running. */
export async function clusterStatus(clone: Clone): Promise<{ running?: number }> {
  const lock = Number(await readFile(join(folderOf(clone), "lock"), "utf8").catch(() => "0"));
  if (!lock) return {};
  // A process of this number may be somebody else's by now.
  const command = await readFile(`/proc/${lock}/cmdline`, "utf8").catch(() => "");
  return command.split("\0").includes(folderOf(clone)) ? { running: lock } : {};
}

/** The node's parts as they are now. */
export async function inspectCluster(clone: Clone): Promise<Part[]> {
  const { node } = programs(clone.cache);
  const path = await builtPath(node);
  const built = await access(path).then(
    () => true,
    () => false,
  );
  const debian = await debianVersions(clone.cache, debianPackages);
  const version = (name: string) => debian.find((one) => one.name === name)?.version;
  const fetched = (name: string): Part => ({
    name,
    version: version(name) ?? "none yet",
    origin: "debian",
    official: true,
    path: debianRoot(clone.cache, debianPackages),
    remedy: version(name) ? undefined : "npm start fetches it",
  });
  return [
    {
      name: "cluster (Kubernetes, etcd, kubectl)",
      version: kubernetesVersion,
      origin: "built",
      official: true,
      path,
      remedy: built
        ? undefined
        : "npm start builds it from its Go modules; without root, name another cluster: --context NAME",
    },
    fetched("containerd"),
    fetched("docker-registry"),
  ];
}

function folderOf(clone: Clone): string {
  return join(clone.home, "cluster");
}

function clusterOf(clone: Clone): Cluster {
  return {
    kubeconfig: join(folderOf(clone), "kubeconfig"),
    context: `palier-${clone.id}`,
    registry: `127.0.0.1:${clone.ports.registry}`,
  };
}

async function supervise(clone: Clone, parts: ClusterParts): Promise<void> {
  const { api, registry, nodePortFirst } = clone.ports;
  const options = {
    folder: folderOf(clone),
    id: clone.id,
    debian: parts.debian,
    coredns: parts.coreDns,
    pause: parts.pause,
    "api-port": api,
    "registry-port": registry,
    "node-port-first": nodePortFirst,
  };
  const log = await open(join(folderOf(clone), "log", "up.log"), "w", 0o600);
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(parts.node, ["up", ...flags], { detached: true, stdio: ["ignore", log.fd, log.fd], cwd: "/" });
  child.unref();
  await log.close();
  // Its lock is what tells that it runs.
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    if ((await clusterStatus(clone)).running) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function linkKubectl(clone: Clone, parts: ClusterParts): Promise<void> {
  const link = join(clone.home, "bin", "kubectl");
  await mkdir(dirname(link), { recursive: true });
  await rm(link, { force: true });
  await symlink(parts.node, link);
}

async function executableOf(pid: number, otherwise: string): Promise<string> {
  return (await access(otherwise).then(
    () => true,
    () => false,
  ))
    ? otherwise
    : `/proc/${pid}/exe`;
}

async function lastWords(folder: string): Promise<string> {
  const text = await readFile(join(folder, "log", "up.log"), "utf8").catch(() => "");
  const lines = text.trim().split("\n").slice(-4).join("\n");
  return lines ? `\n${lines}` : "";
}
