import { serveProvider } from "../../grpc/serve-provider.ts";
import { docker } from "./provider.ts";

await serveProvider(docker);
