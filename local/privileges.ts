import { access, readFile } from "node:fs/promises";
import { LocalError } from "./steps.ts";

/** Capabilities that a node of its own takes, by their bit. */
const needed = { CAP_NET_ADMIN: 12, CAP_SYS_CHROOT: 18, CAP_SYS_ADMIN: 21 };

/** The kernel's messages: the kubelet reads there of processes that were killed for their memory, and ends without it. */
const messages = "/dev/kmsg";

/** What this process lacks to run a node. */
export async function lacks(device = messages): Promise<string[]> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  const names = Object.entries(needed).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
  const devices = await access(device).then(
    () => [],
    () => [`${device} (a container is given it with --device ${device})`],
  );
  return [...(process.getuid?.() === 0 ? [] : ["root"]), ...names.map(([name]) => name), ...devices];
}

/** Refuses where a node can't run, before anything is built for it. */
export async function checkPrivileges(): Promise<void> {
  const missing = await lacks();
  if (missing.length === 0) return;
  throw new LocalError(
    `The embedded node needs root: it makes namespaces, mounts and networks of its own. Missing here: ${missing.join(", ")}.`,
    "run it as root, or use a cluster of yours by the name of its kube context: npm start -- --context NAME",
  );
}
