import { serveProvider } from "../../grpc/serve-provider.ts";
import { tls } from "./provider.ts";

await serveProvider(tls);
