import { readFile } from "node:fs/promises";

/** Capabilities that a node of its own takes, by their bit. */
const needed = { CAP_NET_ADMIN: 12, CAP_SYS_CHROOT: 18, CAP_SYS_ADMIN: 21 };

/** What this process lacks to run a node. */
export async function lacks(): Promise<string[]> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? "0"}`);
  const names = Object.entries(needed).filter(([, bit]) => ((effective >> BigInt(bit)) & 1n) === 0n);
  return [...(process.getuid?.() === 0 ? [] : ["root"]), ...names.map(([name]) => name)];
}
