import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { EngineLog } from "./engine-log.ts";
import { Unimplemented } from "./failure.ts";
import { fromStruct, toStruct } from "./marshal.ts";
import type { Provider } from "./provider.ts";
import {
  toCheckRequest,
  toCheckResponse,
  toDiffRequest,
  toDiffResponse,
  toFailure,
  toSubject,
} from "./provider-messages.ts";
import { refuseArguments } from "./refuse-arguments.ts";
import { refuseCalls } from "./refuse-calls.ts";
import { unary } from "./serve.ts";
import { notHere, standInNotice, standInVersion } from "./stand-in.ts";

/**
 * The gRPC face of a provider: one handler a call, each translating messages. What the provider does not say it has is
 * refused here, by name.
 */
export function providerService(provider: Provider, log: EngineLog = new EngineLog()): UntypedServiceImplementation {
  const handlers = { ...lifecycle(provider, log), ...configuration(provider, log), ...resources(provider) };
  return refuseCalls(grpc.ResourceProviderService, handlers, (call, request) =>
    notHere(provider.name, named(call, request)),
  );
}

function named(call: string, request: unknown): string {
  if (request instanceof pb.ConstructRequest) return `the component ${request.getType()}`;
  if (request instanceof pb.CallRequest) return `the method ${request.getTok()}`;
  return `the call ${call}`;
}

function lifecycle(provider: Provider, log: EngineLog): UntypedServiceImplementation {
  return {
    handshake: unary((request: pb.ProviderHandshakeRequest) => {
      log.connect(request.getEngineAddress());
      return new pb.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setSupportsAutonamingConfiguration(provider.autonaming ?? false);
    }),
    attach: unary((request: pluginPb.PluginAttach) => {
      log.connect(request.getAddress());
      return new empty.Empty();
    }),
    getPluginInfo: unary(() => new pluginPb.PluginInfo().setVersion(standInVersion(provider.version))),
    cancel: unary(() => {
      provider.cancel?.();
      return new empty.Empty();
    }),
  };
}

function configuration(provider: Provider, log: EngineLog): UntypedServiceImplementation {
  return {
    checkConfig: unary(async (request: pb.CheckRequest) => {
      const asked = toCheckRequest(request);
      // The engine adds the version of the package.
      const failures = refuseArguments(provider.name, { ...provider.configuration, version: true }, asked.news);
      if (failures.length > 0) return toCheckResponse({ inputs: asked.news, failures });
      return toCheckResponse((await provider.checkConfig?.(asked)) ?? { inputs: asked.news });
    }),
    diffConfig: unary(async (request: pb.DiffRequest) =>
      toDiffResponse((await provider.diffConfig?.(toDiffRequest(request))) ?? { changes: false }),
    ),
    configure: unary(async (request: pb.ConfigureRequest) => {
      await log.log("debug", standInNotice(provider.name, provider.version));
      await provider.configure?.(fromStruct(request.getArgs()), log);
      return new pb.ConfigureResponse()
        .setAcceptsecrets(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(provider.autonaming ?? false);
    }),
    invoke: unary(async (request: pb.InvokeRequest) => {
      const [token, args] = [request.getTok(), fromStruct(request.getArgs())];
      const known = provider.functions?.[token];
      if (known === undefined) throw missing(provider, `the function ${token}`);
      const refused = refuseArguments(provider.name, known, args);
      if (refused.length > 0) return new pb.InvokeResponse().setFailuresList(refused.map(toFailure));
      const { result, failures } = await provider.invoke!(token, args, request.getPreview());
      return new pb.InvokeResponse().setReturn(toStruct(result)).setFailuresList((failures ?? []).map(toFailure));
    }),
  };
}

function resources(provider: Provider): UntypedServiceImplementation {
  return {
    check: unary(async (request: pb.CheckRequest) => {
      const asked = toCheckRequest(owned(provider, request));
      const known = provider.argumentsOf?.(asked.type);
      const failures = known === undefined ? [] : refuseArguments(provider.name, known, asked.news);
      return toCheckResponse(failures.length > 0 ? { inputs: asked.news, failures } : await provider.check(asked));
    }),
    diff: unary(async (request: pb.DiffRequest) =>
      toDiffResponse(await provider.diff(toDiffRequest(owned(provider, request)))),
    ),
    create: unary(async (request: pb.CreateRequest) => {
      const { id, outputs } = await provider.create({
        ...toSubject(owned(provider, request)),
        inputs: fromStruct(request.getProperties()),
        preview: request.getPreview(),
        timeoutSeconds: request.getTimeout(),
      });
      return new pb.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    update: unary(async (request: pb.UpdateRequest) => {
      if (provider.update === undefined) throw missing(provider, `the update of ${request.getType()}`);
      const outputs = await provider.update({
        ...toSubject(owned(provider, request)),
        id: request.getId(),
        state: fromStruct(request.getOlds()),
        olds: fromStruct(request.getOldInputs()),
        news: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
        preview: request.getPreview(),
        timeoutSeconds: request.getTimeout(),
      });
      return new pb.UpdateResponse().setProperties(toStruct(outputs));
    }),
    read: unary(async (request: pb.ReadRequest) => {
      const found = await provider.read({
        ...toSubject(owned(provider, request)),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        inputs: fromStruct(request.getInputs()),
        timeoutSeconds: request.getTimeout(),
      });
      if (found === undefined) return new pb.ReadResponse();
      return new pb.ReadResponse()
        .setId(found.id)
        .setProperties(toStruct(found.outputs))
        .setInputs(toStruct(found.inputs));
    }),
    delete: unary(async (request: pb.DeleteRequest) => {
      await provider.delete?.({
        ...toSubject(owned(provider, request)),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        inputs: fromStruct(request.getOldInputs()),
        timeoutSeconds: request.getTimeout(),
      });
      return new empty.Empty();
    }),
  };
}

/** Nothing is done to a resource that only the official plugin knows: not even forgetting it. */
function owned<Request extends { getType(): string }>(provider: Provider, request: Request): Request {
  if (provider.has(request.getType())) return request;
  throw missing(provider, request.getType());
}

function missing(provider: Provider, what: string): Error {
  return new Unimplemented(notHere(provider.name, what));
}
