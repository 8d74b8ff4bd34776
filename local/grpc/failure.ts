import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import statusPb from "@pulumi/pulumi/proto/status_pb.js";
import anyPb from "google-protobuf/google/protobuf/any_pb.js";
import { toStruct } from "./marshal.ts";
import type { PropertyMap } from "./values.ts";

/**
 * The resource was made (or changed), but did not become ready. The engine keeps it in the state with the reasons,
 * and tries to finish it by an update the next time.
 */
export class ResourceInitFailed extends Error {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly inputs: PropertyMap;
  readonly reasons: readonly string[];
  constructor(message: string, made: { id: string; outputs: PropertyMap; inputs: PropertyMap; reasons: string[] }) {
    super(message);
    this.id = made.id;
    this.outputs = made.outputs;
    this.inputs = made.inputs;
    this.reasons = made.reasons;
  }
}

export class Unimplemented extends Error {}

export function toServiceError(error: unknown): ServiceError {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Unimplemented ? status.UNIMPLEMENTED : status.UNKNOWN;
  const metadata = new Metadata();
  if (error instanceof ResourceInitFailed) metadata.set("grpc-status-details-bin", details(code, message, error));
  return Object.assign(new Error(message), { code, details: message, metadata });
}

function details(code: number, message: string, failure: ResourceInitFailed): Buffer {
  const detail = new provider.ErrorResourceInitFailed()
    .setId(failure.id)
    .setProperties(toStruct(failure.outputs))
    .setInputs(toStruct(failure.inputs))
    .setReasonsList([...failure.reasons]);
  const any = new anyPb.Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const message_ = new statusPb.Status().setCode(code).setMessage(message).setDetailsList([any]);
  return Buffer.from(message_.serializeBinary());
}
