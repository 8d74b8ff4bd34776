import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { openClone } from "../../local/clone.ts";
import { debianParts } from "../../local/debian.ts";
import { Rootfs } from "../../local/images/rootfs.ts";
import { entering, guard } from "../cold/namespaces.ts";
import { describeOnNode } from "./machine.ts";

const code = resolve(import.meta.dirname, "../cold/namespaces.ts");

describeOnNode("the namespaces of a cold machine", (machine) => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(machine.home, "cold-"));
    const { cache } = await openClone();
    const rootfs = new Rootfs(
      join(folder, "root"),
      await debianParts({ say: () => {}, progress: () => {} }, cache, ["ca-certificates", "busybox"]),
    );
    await rootfs.begin();
  });

  const gone = async () => {
    for (let tries = 0; existsSync(folder) && tries < 600; tries++) await wait(50);
    return !existsSync(folder);
  };

  it("show a machine of its own, and go with everything in them", async () => {
    const { enter, remove } = guard(folder);
    const namespaces = await enter();
    const [program, ...args] = entering(namespaces);
    const within = (script: string) => execFileSync(program!, [...args, "sh", "-c", script], { encoding: "utf8" });
    assert.equal(within("cat /proc/1/cmdline").split("\0")[0], "sh");
    assert.doesNotMatch(within("ls /"), /\b(old|home)\b/);
    within("test -c /dev/kmsg"); // a kubelet ends without it
    within("echo x > /dev/null && ls /sys/fs/cgroup > /tmp/list && (sleep 1000 > /dev/null 2>&1 &)");
    // A cgroup of a node in it, as one that was killed leaves it.
    const id = `c01d${process.pid.toString(16)}`;
    mkdirSync(join(folder, "root/root/home/cluster"), { recursive: true });
    writeFileSync(join(folder, "root/root/home/cluster/settings.json"), `{\n  "ID": "${id}"\n}\n`);
    const group = existsSync("/sys/fs/cgroup/pids")
      ? `/sys/fs/cgroup/pids/palier-${id}`
      : `/sys/fs/cgroup/palier-${id}`;
    mkdirSync(join(group, "pods"), { recursive: true });
    await remove();
    assert.deepEqual([existsSync(folder), existsSync(group)], [false, false]);
    assert.ok(!existsSync(`/proc/${namespaces.pid}`));
    assert.doesNotMatch(readFileSync("/proc/self/mounts", "utf8"), new RegExp(folder));
  });

  it("go when whoever made them is killed", async () => {
    const script = `import("${code}").then(async ({ guard }) => console.log((await guard("${folder}").enter()).pid))`;
    const owner = spawn(process.execPath, ["-e", `${script}; setInterval(() => {}, 1000)`]);
    const [pid] = await once(createInterface(owner.stdout), "line");
    assert.ok(existsSync(`/proc/${pid}`));
    owner.kill("SIGKILL");
    assert.ok(await gone());
    assert.ok(!existsSync(`/proc/${pid}`));
  });
});
