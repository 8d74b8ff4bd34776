import { serveProvider } from "../../grpc/serve-provider.ts";
import { random } from "./provider.ts";

await serveProvider(random);
