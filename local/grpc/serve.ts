import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { toServiceError } from "./failure.ts";

const limit = 400 * 1024 * 1024;
/** What Pulumi's own SDKs allow: a state or a chart passes the 4 MB that gRPC starts with. */
export const channelLimits = {
  "grpc.max_receive_message_length": limit,
  "grpc.max_send_message_length": limit,
} as const;

/** An async function as a gRPC handler; what it throws becomes the status that the engine understands. */
export function unary<Request, Response>(
  work: (request: Request, call: Parameters<handleUnaryCall<Request, Response>>[0]) => Promise<Response> | Response,
): handleUnaryCall<Request, Response> {
  return (call, answer) => {
    Promise.resolve()
      .then(() => work(call.request, call))
      .then(
        (response) => answer(null, response),
        (error) => answer(toServiceError(error)),
      );
  };
}

export interface Listening {
  port: number;
  stop(): void;
}

export async function listen(service: ServiceDefinition, handlers: UntypedServiceImplementation): Promise<Listening> {
  const server = new Server(channelLimits);
  server.addService(service, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
  return { port, stop: () => server.forceShutdown() };
}

/**
 * Listens on a free port of 127.0.0.1 and prints that port as the first line, which is how the engine finds a plugin.
 * Once started by an engine the process ends with it: the engine holds the other end of stdin, whatever way it dies.
 */
export async function serve(
  service: ServiceDefinition,
  handlers: UntypedServiceImplementation,
  onEngineGone: () => void = () => {},
): Promise<void> {
  const { port } = await listen(service, handlers);
  if (engineAddress() !== undefined) {
    const leave = () => {
      onEngineGone();
      process.exit(0);
    };
    process.stdin.on("end", leave).on("close", leave).on("error", leave).resume();
    process.on("SIGINT", leave).on("SIGTERM", leave);
  }
  process.stdout.write(`${port}\n`);
}

/** The engine passes its address as the last argument, after any flags. A plugin started by hand has none. */
export function engineAddress(argv: readonly string[] = process.argv.slice(2)): string | undefined {
  const last = argv.at(-1);
  return last !== undefined && /^[^-\s].*:\d+$/.test(last) ? last : undefined;
}
