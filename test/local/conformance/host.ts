import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import language from "@pulumi/pulumi/proto/language_pb.js";
import { EngineLog } from "../../../local/grpc/engine-log.ts";
import { toStruct } from "../../../local/grpc/marshal.ts";
import { listen } from "../../../local/grpc/serve.ts";
import type { PropertyMap } from "../../../local/grpc/values.ts";
import { Children } from "../../../local/host/children.ts";
import { languageService } from "../../../local/host/service.ts";
import { temporaryFolder } from "../../temporary.ts";

type Asked = (client: grpc.LanguageRuntimeClient) => Promise<string>;

/** What the language host says when it is asked over gRPC: the words of its refusal, or nothing. */
export class Host {
  run({ options = {}, attachDebugger = false }: { options?: PropertyMap; attachDebugger?: boolean }): Promise<string> {
    const request = new language.RunRequest().setInfo(project(options)).setAttachDebugger(attachDebugger);
    return served(
      (client) =>
        new Promise((done) => client.run(request, (error, response) => done(error?.message ?? response.getError()))),
    );
  }

  runPlugin(attachDebugger: boolean): Promise<string> {
    const request = new language.RunPluginRequest().setInfo(project()).setAttachDebugger(attachDebugger);
    return served((client) => failureOf(client.runPlugin(request)));
  }

  install(useLanguageVersionTools: boolean): Promise<string> {
    const request = new language.InstallDependenciesRequest().setInfo(project());
    request.setUseLanguageVersionTools(useLanguageVersionTools);
    return served((client) => failureOf(client.installDependencies(request)));
  }

  /** One call of the protocol, with an empty request. */
  ask(call: string): Promise<string> {
    const calls = grpc.LanguageRuntimeService as unknown as Record<string, { requestType: new () => object }>;
    const request = new calls[call]!.requestType();
    return served((client) => {
      const methods = client as unknown as Record<
        string,
        (request: object, answer: (error: Error | null) => void) => void
      >;
      return new Promise((done) => methods[call]!.call(client, request, (error) => done(error?.message ?? "")));
    });
  }
}

function project(options: PropertyMap = {}): language.ProgramInfo {
  return new language.ProgramInfo().setProgramDirectory(temporaryFolder("conformance")).setOptions(toStruct(options));
}

async function failureOf(stream: AsyncIterable<unknown>): Promise<string> {
  try {
    for await (const _ of stream);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

async function served(ask: Asked): Promise<string> {
  const service = languageService(new Children(), undefined, new EngineLog());
  const { port, stop } = await listen(grpc.LanguageRuntimeService, service);
  const client = new grpc.LanguageRuntimeClient(`127.0.0.1:${port}`, credentials.createInsecure());
  try {
    return await ask(client);
  } finally {
    client.close();
    stop();
  }
}
