import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Clone, openClone } from "../../local/clone.ts";
import { type ClusterParts, clusterStatus, prepareCluster, startCluster, stopCluster } from "../../local/cluster.ts";
import { alive, type NodeProcess, nodeProcesses } from "../../local/node-processes.ts";
import type { Machine } from "./machine.ts";

const bootstrap = resolve(import.meta.dirname, "../../local/bootstrap.mjs");
const quiet = { say: () => {}, progress: () => {} };

/** The node that the tests run on, for a test that has it to itself: killed, stopped and started again. */
export class OwnNode {
  readonly #machine: Machine;
  readonly #clone: Clone;
  readonly #parts: ClusterParts;

  private constructor(machine: Machine, clone: Clone, parts: ClusterParts) {
    this.#machine = machine;
    this.#clone = clone;
    this.#parts = parts;
  }

  static async of(machine: Machine): Promise<OwnNode> {
    const clone = await openClone({ ...process.env, PALIER_HOME: machine.home });
    return new OwnNode(machine, clone, await prepareCluster(quiet, clone));
  }

  /** Debian's packages, unpacked. */
  get debian(): string {
    return this.#parts.debian;
  }

  /** A folder of the node's own files. */
  path(...parts: string[]): string {
    return join(this.#machine.home, "cluster", ...parts);
  }

  async processes(): Promise<NodeProcess[]> {
    const { running } = await clusterStatus(this.#clone);
    return running ? nodeProcesses(running) : [];
  }

  /** kill -9 of what keeps the node running: everything ends with it, at once. */
  async kill(): Promise<void> {
    const all = await this.processes();
    const { running } = await clusterStatus(this.#clone);
    process.kill(running!, "SIGKILL");
    await ended(all);
  }

  /** kill -9 of the node's first process alone: its supervisor starts it again. */
  async killInside(): Promise<void> {
    const inside = Number(readFileSync(this.path("node.pid"), "utf8"));
    const all = nodeProcesses(inside);
    process.kill(inside, "SIGKILL");
    await ended(all);
  }

  /** Brings the cluster up, or waits for one that starts by itself, as `npm start` does before it comes to the stack. */
  async start(): Promise<string[]> {
    const said: string[] = [];
    await startCluster({ ...quiet, say: (line) => said.push(line) }, this.#clone, this.#parts);
    return said;
  }

  async stop(): Promise<void> {
    await stopCluster(quiet, this.#clone);
  }

  /** `npm run` in this clone, on this node: what it prints. */
  npm(...command: string[]): Promise<string> {
    const env = { ...process.env, PALIER_HOME: this.#machine.home };
    const child = spawn(this.#machine.node, [bootstrap, ...command], { env, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
      });
    }
    return new Promise((done, fail) =>
      child.once("close", (code) =>
        code === 0 ? done(printed) : fail(new Error(`npm ${command.join(" ")}:\n${printed}`)),
      ),
    );
  }
}

/** Waits until all of them are gone. */
async function ended(processes: NodeProcess[]): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (let left = alive(processes); left.length > 0; left = alive(left)) {
    if (Date.now() > deadline) throw new Error(`still running: ${left.map(({ pid }) => pid).join(", ")}`);
    await sleep(20);
  }
}
