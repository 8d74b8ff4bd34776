import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { credentials } from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import { channelLimits } from "../../local/grpc/serve.ts";
import type { Response } from "./preview.ts";

const require = createRequire(import.meta.url);

type Call = (request: unknown, done: (error: Error | null, response: Response) => void) => void;

/** A policy pack in its own process, started as the language host does it. */
export class RunningPack {
  /** From the start of its process until it told its port. */
  readonly startMilliseconds: number;
  readonly #process: ChildProcess;
  readonly #client: Record<string, Call>;

  static async start(folder: string): Promise<RunningPack> {
    const since = performance.now();
    const run = [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", folder];
    const child = spawn(process.execPath, run, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const kill = () => child.kill();
    process.on("exit", kill);
    child.on("close", () => process.off("exit", kill)).unref();
    const ended = once(child, "close").then(() => Promise.reject(new Error(`the pack in ${folder} told no port`)));
    const [line] = (await Promise.race([once(child.stdout, "data"), ended])) as [Buffer];
    ended.catch(() => {});
    (child.stdout as unknown as { unref(): void }).unref();
    return new RunningPack(child, Number(line.toString()), performance.now() - since);
  }

  private constructor(process: ChildProcess, port: number, startMilliseconds: number) {
    const client = new rpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), channelLimits);
    this.#client = client as unknown as Record<string, Call>;
    this.#process = process;
    this.startMilliseconds = startMilliseconds;
  }

  ask(method: string, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) =>
      this.#client[method]!(request, (error, response) => (error ? reject(error) : resolve(response))),
    );
  }

  /** The most memory that its process has held so far. */
  get peakBytes(): number {
    const status = readFileSync(`/proc/${this.#process.pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]) * 1024;
  }

  async stop(): Promise<void> {
    this.#process.ref();
    const closed = once(this.#process, "close");
    this.#process.kill();
    await closed;
  }
}
