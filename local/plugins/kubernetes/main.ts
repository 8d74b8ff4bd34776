import { serveProvider } from "../../grpc/serve-provider.ts";
import { packageVersion } from "../version.ts";
import { kubernetesProvider } from "./provider.ts";

await serveProvider(kubernetesProvider(packageVersion("@pulumi/kubernetes")));
