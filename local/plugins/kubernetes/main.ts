import { enableCompileCache } from "node:module";

// Stripping the types of some eighty files costs half a second each time; kept, it costs nothing.
enableCompileCache();
const [{ serveProvider }, { packageVersion }, { kubernetesProvider }] = await Promise.all([
  import("../../grpc/serve-provider.ts"),
  import("../version.ts"),
  import("./provider.ts"),
]);

await serveProvider(kubernetesProvider(packageVersion("@pulumi/kubernetes")));
