import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { promisify } from "node:util";
import { objectStoreProgram } from "../../components/backup/objectStore/program.ts";
import { closedPod } from "../closedPod.ts";
import type { Machine } from "../machine.ts";

/** By whom the store is read and written. */
export const keys = { id: "backups", secret: "backups-secret-key" };

const serve = `until [ -x /data/program ]; do sleep 0.2; done
mkdir -p /data/buckets/backups
exec /data/program serve s3 --config /notfound --auth-key ${keys.id},${keys.secret} --addr :9000 /data/buckets`;

function objects(image: string): object[] {
  const pod = closedPod({
    ...{ name: "store", app: "store", image, command: ["sh", "-c", serve] },
    // Of its root file system it may write nothing, and it holds what it takes in memory.
    ...{ env: [{ name: "HOME", value: "/data" }], memory: "512Mi" },
    ...{ port: 9000, writable: ["/data"] },
  });
  const metadata = { name: "store", labels: { app: "store" } };
  return [
    pod,
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: metadata.labels, ports: [{ port: 9000 }] } },
  ];
}

/** An S3 server in a pod: the program is put into it, since no image has it. */
export async function startStore(machine: Machine, image: string, namespace: string): Promise<void> {
  const to = ["--kubeconfig", machine.kubeconfig, "-n", namespace];
  const applied = promisify(execFile)(machine.kubectl, [...to, "apply", "-f", "-"]);
  applied.child.stdin!.end(JSON.stringify({ apiVersion: "v1", kind: "List", items: objects(image) }));
  await applied;
  const running = ["wait", "--for=jsonpath={.status.phase}=Running", "pod/store", "--timeout=90s"];
  await promisify(execFile)(machine.kubectl, [...to, ...running]);
  const put = "cat > /data/part && chmod +x /data/part && mv /data/part /data/program";
  const child = spawn(machine.kubectl, [...to, "exec", "-i", "store", "--", "sh", "-c", put], {
    stdio: ["pipe", "ignore", "inherit"],
  });
  createReadStream(await objectStoreProgram()).pipe(child.stdin!);
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`the S3 server can't be put into its pod: kubectl ended with ${code}`);
  await promisify(execFile)(machine.kubectl, [...to, "wait", "--for=condition=Ready", "pod/store", "--timeout=60s"]);
}
