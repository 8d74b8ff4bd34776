import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { debianEnvironment } from "../../local/debian.ts";
import type { Machine } from "./machine.ts";
import { runningProcesses } from "./processes.ts";

/**
 * What a node could leave on the machine, a line for each thing: mounts, links, routes, packet rules, cgroups, listening
 * ports, settings of the kernel, and files where programs of a node put theirs.
 * @param debian Debian's packages of a node, for `nft`.
 */
export function hostState(debian: string): string[] {
  return [mounts(), links(), rules(debian), cgroups(), ports(), kernelSettings(), files()].flat();
}

/** What is there now and was not before, but for what other programs on this machine have begun meanwhile. */
export function appeared(
  before: string[],
  now: string[],
  { home, context }: Pick<Machine, "home" | "context">,
): string[] {
  const known = new Set(before);
  const isOthers = (line: string) => {
    // A port without an owner: its program has ended since; one that a node left behind would still be there.
    const owner = /^(?:port \S+ \S+|shared \S+) (.*)/.exec(line)?.[1];
    if (owner !== undefined) return !owner.includes(home);
    return [...line.matchAll(/palier-[0-9a-f]{8}/g)].some(([name]) => name !== context);
  };
  return now.filter((line) => !known.has(line) && !isOthers(line));
}

function mounts(): string[] {
  return lines("/proc/self/mountinfo").map((line) => `mount ${line.split(" ").slice(3, 5).join(" at ")}`);
}

function links(): string[] {
  const routes = lines("/proc/net/route").map((line) => `route ${line.split(/\s+/).slice(0, 3).join(" ")}`);
  return [...readdirSync("/sys/class/net").map((name) => `link ${name}`), ...routes];
}

/** Of nftables, without counters; iptables' own tables come to be with the first rule in them. */
function rules(debian: string): string[] {
  const env = { ...process.env, ...debianEnvironment(debian) };
  const nft = execFileSync(join(debian, "usr/sbin/nft"), ["--stateless", "list", "ruleset"], { env, encoding: "utf8" });
  const tables = ["ip_tables_names", "ip6_tables_names"].flatMap((file) => lines(`/proc/net/${file}`));
  return [...nft.split("\n").filter(Boolean), ...tables].map((line) => `rule ${line.trim()}`);
}

function cgroups(folder = "/sys/fs/cgroup"): string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [`cgroup ${folder}`, ...below.flatMap(({ name }) => cgroups(join(folder, name)))];
  } catch {
    return []; // another node's, gone meanwhile
  }
}

/** With the program that listens. */
function ports(): string[] {
  const programs = owners(socketsOf);
  const listening = ["tcp", "tcp6", "udp", "udp6"].flatMap((file) =>
    lines(`/proc/net/${file}`)
      .map((line) => line.trim().split(/\s+/))
      .filter((row) => row[3] === (file.startsWith("tcp") ? "0A" : "07"))
      .map((row) => ({ at: `${file} ${row[1]}`, inode: row[9]! })),
  );
  return listening.map(({ at, inode }) => `port ${at} ${programs.get(inode) ?? ""}`);
}

function socketsOf(pid: number): string[] {
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  return open.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

/** The program that has each thing, by what a process has. */
function owners(had: (pid: number) => string[]): Map<string, string> {
  const pairs = runningProcesses().flatMap(({ pid, command }) => {
    const program = command.replaceAll("\0", " ").trim();
    try {
      return had(pid).map((thing) => [thing, program] as const);
    } catch {
      return []; // ended meanwhile
    }
  });
  return new Map(pairs);
}

function kernelSettings(): string[] {
  const names = ["vm/overcommit_memory", "vm/panic_on_oom", "kernel/panic", "kernel/panic_on_oops"];
  const keys = ["kernel/keys/root_maxkeys", "kernel/keys/root_maxbytes", "net/ipv4/ip_forward"];
  return [...names, ...keys].map((name) => `setting ${name} ${lines(`/proc/sys/${name}`)[0]}`);
}

function files(): string[] {
  const folders = ["/run", "/run/netns", "/var/lib", "/var/log", "/etc", "/etc/cni", "/opt"];
  const found = folders
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => `file ${folder}/${name}`));
  return [...found, ...sharedMemory()];
}

/** With the program that has it open, such as another test's Postgres; what nobody has open is a file that was left. */
function sharedMemory(): string[] {
  const users = owners((pid) => readFileSync(`/proc/${pid}/maps`, "utf8").match(/\/dev\/shm\/\S+/g) ?? []);
  const paths = readdirSync("/dev/shm").map((name) => `/dev/shm/${name}`);
  return paths.map((path) => (users.has(path) ? `shared ${path} ${users.get(path)}` : `file ${path}`));
}

function lines(file: string): string[] {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
}
