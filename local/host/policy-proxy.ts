import type { ChildProcess } from "node:child_process";
import { credentials, type ServiceError, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { channelLimits, type Listening, listen, unary } from "../grpc/serve.ts";

type Forward = (request: unknown, answer: (error: ServiceError | null, response: unknown) => void) => void;

/**
 * Stands before a policy pack. A pack reads its stack's name from the environment it is started with, and the engine
 * tells that name over gRPC: so the proxy takes ConfigureStack first, the pack starts with what it says, and all
 * other calls wait for the pack and go through to it.
 */
export class PolicyProxy {
  readonly #stack = Promise.withResolvers<NodeJS.ProcessEnv>();
  readonly #pack = Promise.withResolvers<Record<string, Forward>>();
  #asked: analyzer.AnalyzerStackConfigureRequest | undefined;
  #listening: Listening | undefined;
  #client: grpc.AnalyzerClient | undefined;

  /** The variables that tell the pack its stack. */
  get configured(): Promise<NodeJS.ProcessEnv> {
    return this.#stack.promise;
  }

  async listen(): Promise<number> {
    this.#pack.promise.catch(() => {});
    this.#listening = await listen(grpc.AnalyzerService, this.#handlers());
    return this.#listening.port;
  }

  stop(): void {
    this.#pack.reject(new Error("the policy pack has ended"));
    this.#client?.close();
    this.#listening?.stop();
  }

  /** The pack's first line is its port; what follows is its own output. */
  attach(pack: ChildProcess, onOutput: (data: Buffer) => void): void {
    let head = "";
    pack.once("close", (code) => this.#pack.reject(new Error(`the policy pack ended before it served (exit ${code})`)));
    const read = (data: Buffer) => {
      head += data.toString();
      const end = head.indexOf("\n");
      if (end < 0) return;
      pack.stdout?.off("data", read).on("data", onOutput);
      const rest = head.slice(end + 1);
      if (rest !== "") onOutput(Buffer.from(rest));
      this.#connect(Number(head.slice(0, end)));
    };
    pack.stdout?.on("data", read);
  }

  #connect(port: number): void {
    this.#client = new grpc.AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), channelLimits);
    const pack = this.#client as unknown as Record<string, Forward>;
    if (this.#asked === undefined) {
      this.#pack.resolve(pack);
      return;
    }
    // A pack older than this call doesn't know it, which is fine.
    pack["configureStack"]!(this.#asked, (error) =>
      error && error.code !== status.UNIMPLEMENTED ? this.#pack.reject(error) : this.#pack.resolve(pack),
    );
  }

  #handlers(): UntypedServiceImplementation {
    const handlers: UntypedServiceImplementation = {};
    for (const method of Object.keys(grpc.AnalyzerService)) {
      handlers[method] = unary(async (request) => {
        // Some commands (`policy publish`) never say which stack.
        this.#stack.resolve({});
        const pack = await this.#pack.promise;
        return new Promise((resolve, reject) =>
          pack[method]!(request, (error, response) => (error ? reject(error) : resolve(response))),
        );
      });
    }
    handlers["handshake"] = unary(() => new analyzer.AnalyzerHandshakeResponse());
    handlers["configureStack"] = unary((request: analyzer.AnalyzerStackConfigureRequest) => {
      this.#asked = request;
      this.#stack.resolve(stackEnvironment(request));
      return new analyzer.AnalyzerStackConfigureResponse();
    });
    return handlers;
  }
}

export function stackEnvironment(stack: analyzer.AnalyzerStackConfigureRequest): NodeJS.ProcessEnv {
  return {
    ...(stack.getOrganization() ? { PULUMI_NODEJS_ORGANIZATION: stack.getOrganization() } : {}),
    ...(stack.getProject() ? { PULUMI_NODEJS_PROJECT: stack.getProject() } : {}),
    ...(stack.getStack() ? { PULUMI_NODEJS_STACK: stack.getStack() } : {}),
    PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().getEntryList())),
  };
}
