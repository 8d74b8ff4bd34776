import grpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { EngineLog } from "./engine-log.ts";
import type { Provider } from "./provider.ts";
import { providerService } from "./provider-service.ts";
import { engineAddress, serve } from "./serve.ts";

/** The whole main of a resource plugin. */
export async function serveProvider(provider: Provider): Promise<void> {
  const log = new EngineLog();
  const engine = engineAddress();
  if (engine !== undefined) log.connect(engine);
  await serve(grpc.ResourceProviderService, providerService(provider, log), () => provider.cancel?.());
}
