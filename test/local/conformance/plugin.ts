import { credentials } from "@grpc/grpc-js";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { toStruct } from "../../../local/grpc/marshal.ts";
import type { Provider } from "../../../local/grpc/provider.ts";
import { providerService } from "../../../local/grpc/provider-service.ts";
import { listen } from "../../../local/grpc/serve.ts";
import type { PropertyMap } from "../../../local/grpc/values.ts";

type Answer = (error: Error | null, response: Checked) => void;
type Checked = { getFailuresList?(): { getProperty(): string; getReason(): string }[] };

/** What a plugin says when it is asked over gRPC as the engine does: the words of its refusal, or nothing. */
export class Plugin {
  readonly #provider: Provider;

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  configuration(news: PropertyMap): Promise<string> {
    return this.ask("checkConfig", new pb.CheckRequest().setNews(toStruct(news)));
  }

  check(type: string, news: PropertyMap): Promise<string> {
    return this.ask("check", new pb.CheckRequest().setType(type).setName("n").setUrn("u").setNews(toStruct(news)));
  }

  create(type: string, inputs: PropertyMap): Promise<string> {
    const request = new pb.CreateRequest().setType(type).setName("n").setUrn("u");
    return this.ask("create", request.setProperties(toStruct(inputs)));
  }

  read(type: string, id: string, state: PropertyMap = {}): Promise<string> {
    const request = new pb.ReadRequest().setType(type).setName("n").setUrn("u").setId(id);
    return this.ask("read", request.setProperties(toStruct(state)));
  }

  delete(type: string): Promise<string> {
    return this.ask("delete", new pb.DeleteRequest().setType(type).setName("n").setUrn("u").setId("i"));
  }

  invoke(token: string, args: PropertyMap = {}): Promise<string> {
    return this.ask("invoke", new pb.InvokeRequest().setTok(token).setArgs(toStruct(args)));
  }

  construct(type: string): Promise<string> {
    return this.ask("construct", new pb.ConstructRequest().setType(type));
  }

  call(token: string): Promise<string> {
    return this.ask("call", new pb.CallRequest().setTok(token));
  }

  /** One call of the protocol. */
  async ask(call: string, request: object): Promise<string> {
    const { port, stop } = await listen(grpc.ResourceProviderService, providerService(this.#provider));
    const client = new grpc.ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    const calls = client as unknown as Record<string, (request: object, answer: Answer) => void>;
    try {
      return await new Promise((done) =>
        calls[call]!.call(client, request, (error, response) => done(error ? error.message : failures(response))),
      );
    } finally {
      client.close();
      stop();
    }
  }
}

function failures(response: Checked): string {
  const found = response.getFailuresList?.() ?? [];
  return found.map((failure) => `${failure.getProperty()}: ${failure.getReason()}`).join("\n");
}
