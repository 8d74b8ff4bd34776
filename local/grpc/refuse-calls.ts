import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import { toServiceError, Unimplemented } from "./failure.ts";
import { unary } from "./serve.ts";

type Reason = (call: string, request: unknown) => string;

/** The handlers, and for each other call of the service one that says what is missing. */
export function refuseCalls(
  service: ServiceDefinition,
  handlers: UntypedServiceImplementation,
  reason: Reason,
): UntypedServiceImplementation {
  const others = Object.entries(service).filter(([call]) => !(call in handlers));
  const refusing = others.map(([call, { responseStream }]) => [
    call,
    responseStream ? refuseStream(call, reason) : unary((request) => refuse(call, request, reason)),
  ]);
  return { ...handlers, ...Object.fromEntries(refusing) };
}

function refuse(call: string, request: unknown, reason: Reason): never {
  throw new Unimplemented(reason(call, request));
}

function refuseStream(call: string, reason: Reason) {
  return (stream: { request: unknown; emit(event: "error", error: Error): boolean }) =>
    stream.emit("error", toServiceError(new Unimplemented(reason(call, stream.request))));
}
