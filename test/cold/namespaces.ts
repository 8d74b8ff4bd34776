import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Namespaces of their own around a root filesystem, in which it is the whole machine but for the network. */
export interface Namespaces {
  /** The first process in them, as seen from here. */
  pid: number;
  /** Ends everything in them, and removes the folder. */
  remove(): Promise<void>;
}

/**
 * Waits beside us until we let go of it, or are no more, however that came about. Then the first process ends, everything in the
 * namespaces and their mounts with it, and what is left goes: the cgroups of its nodes, and the folder.
 */
const guardian = `
trap "" INT TERM HUP
if read -r enter; then unshare --mount --pid --fork --propagation private sh -ec "$2" sh "$1/root"; fi
find "$1/root/root" -path "*/cluster/settings.json" -exec sed -n 's/.*"ID": "\\([0-9a-f]*\\)".*/\\1/p' {} + |
  while read -r id; do
    for group in /sys/fs/cgroup/*/palier-$id /sys/fs/cgroup/palier-$id; do
      [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} +
    done
  done
rm -rf "$1"
`;

/** The first process: it says its number outside, and then reaps what others leave until its input ends. */
const init = `
cd "$1"
read -r self rest < /proc/self/stat
mount --bind . .
cd "$1"
mount --rbind /sys sys
mount -t proc proc proc
mount -t tmpfs -o mode=755 dev dev
for device in null:3 zero:5 full:7 random:8 urandom:9; do
  mknod -m 666 "dev/\${device%:*}" c 1 "\${device#*:}"
done
mknod -m 666 dev/tty c 5 0
mknod -m 600 dev/kmsg c 1 11 # the kubelet reads the kernel's messages there
mkdir dev/pts dev/shm old
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
mount -t tmpfs -o mode=1777 shm dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
for name in stdin:0 stdout:1 stderr:2; do ln -s "/proc/self/fd/\${name#*:}" "dev/\${name%:*}"; done
pivot_root . old
cd /
umount -l /old
rmdir /old
exec 3<&0
cat <&3 > /dev/null &
echo "$self"
wait
`;

/** Takes care of the folder from now on; `enter` makes its subfolder `root` the root of namespaces. */
export function guard(folder: string): { enter(): Promise<Namespaces>; remove(): Promise<void> } {
  const child = spawn("sh", ["-c", guardian, "sh", folder, init], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(child, "close");
  const remove = async () => {
    child.stdin.end();
    await gone;
  };
  return {
    remove,
    async enter() {
      child.stdin.write("enter\n");
      for await (const pid of createInterface(child.stdout)) return { pid: Number(pid), remove };
      throw new Error("The cold machine's namespaces could not be made; see above.");
    },
  };
}

/** The start of a command that runs a program within. */
export function entering({ pid }: Pick<Namespaces, "pid">): string[] {
  return ["nsenter", "--target", String(pid), "--mount", "--pid"];
}
