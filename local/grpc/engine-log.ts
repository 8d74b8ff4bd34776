import { credentials, type ServiceError } from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import { channelLimits } from "./serve.ts";

export type Severity = "debug" | "info" | "warning" | "error";

/** The engine's own log: a plugin's stdout and stderr are not shown to anybody. */
export class EngineLog {
  #client: engineGrpc.EngineClient | undefined;

  connect(address: string): void {
    this.#client?.close();
    this.#client = new engineGrpc.EngineClient(address, credentials.createInsecure(), channelLimits);
  }

  /** With `urn` the message is shown at that resource; `status` shows it in the progress line only. */
  log(severity: Severity, message: string, options: { urn?: string; status?: boolean } = {}): Promise<void> {
    const client = this.#client;
    if (client === undefined) return Promise.resolve();
    const request = new engine.LogRequest()
      .setSeverity(engine.LogSeverity[severity.toUpperCase() as Uppercase<Severity>])
      .setMessage(message)
      .setUrn(options.urn ?? "")
      .setEphemeral(options.status ?? false);
    // A message that doesn't arrive must not fail the work it tells about.
    return new Promise((resolve) => client.log(request, (_error: ServiceError | null) => resolve()));
  }
}
