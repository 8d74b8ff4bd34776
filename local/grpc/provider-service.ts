import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
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
import { unary } from "./serve.ts";
import { standInNotice, standInVersion } from "./stand-in.ts";

/** The gRPC face of a provider: one handler a call, each translating messages and nothing else. */
export function providerService(provider: Provider, log: EngineLog = new EngineLog()): UntypedServiceImplementation {
  return { ...lifecycle(provider, log), ...configuration(provider, log), ...resources(provider) };
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
      if (provider.invoke === undefined) throw missing(provider, `function ${request.getTok()}`);
      const { result, failures } = await provider.invoke(
        request.getTok(),
        fromStruct(request.getArgs()),
        request.getPreview(),
      );
      return new pb.InvokeResponse().setReturn(toStruct(result)).setFailuresList((failures ?? []).map(toFailure));
    }),
  };
}

function resources(provider: Provider): UntypedServiceImplementation {
  return {
    check: unary(async (request: pb.CheckRequest) => toCheckResponse(await provider.check(toCheckRequest(request)))),
    diff: unary(async (request: pb.DiffRequest) => toDiffResponse(await provider.diff(toDiffRequest(request)))),
    create: unary(async (request: pb.CreateRequest) => {
      const { id, outputs } = await provider.create({
        ...toSubject(request),
        inputs: fromStruct(request.getProperties()),
        preview: request.getPreview(),
        timeoutSeconds: request.getTimeout(),
      });
      return new pb.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    update: unary(async (request: pb.UpdateRequest) => {
      if (provider.update === undefined) throw missing(provider, `update of ${request.getType()}`);
      const outputs = await provider.update({
        ...toSubject(request),
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
        ...toSubject(request),
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
        ...toSubject(request),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        inputs: fromStruct(request.getOldInputs()),
        timeoutSeconds: request.getTimeout(),
      });
      return new empty.Empty();
    }),
  };
}

function missing(provider: Provider, what: string): Error {
  return new Unimplemented(`${standInNotice(provider.name, provider.version)}. It has no ${what}.`);
}
