import cluster, { type Worker } from "node:cluster";
import { parseArgs } from "node:util";

/** What gunicorn ends with where a worker does not start. */
const failedToBoot = 3;

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    bind: { type: "string", short: "b", default: "127.0.0.1:8000" },
    workers: { type: "string", short: "w", default: process.env["WEB_CONCURRENCY"] ?? "1" },
    "worker-class": { type: "string", short: "k" },
  },
});

/** Stands in for gunicorn: so many processes behind one port, each with connections of its own, and a new one for one that dies. */
function master(): void {
  let ending = false;
  const end = (signal: NodeJS.Signals) => {
    ending = true;
    for (const worker of workers()) worker.process.kill(signal);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => end(signal));
  const serving = new Set<number>();
  cluster.on("listening", ({ id }) => serving.add(id));
  cluster.on("exit", ({ id }) => {
    if (ending) return;
    if (serving.delete(id)) return void begin();
    process.exitCode = failedToBoot;
    end("SIGTERM");
  });
  for (let count = 0; count < Number(values.workers); count++) begin();
}

function begin(): void {
  cluster.fork({ PORT: values.bind.replace(/^.*:/, "") });
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

if (cluster.isPrimary) master();
else await import("../main.ts");
