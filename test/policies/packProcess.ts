import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { analyzeRequest, type Diagnostic, diagnosticsOf, type Resource } from "./preview.ts";
import { RunningPack } from "./runningPack.ts";

const require = createRequire(import.meta.url);
const analyzer = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const folder = fileURLToPath(new URL("../../policies", import.meta.url));
const levels = ["advisory", "mandatory", "disabled", "remediate"];

type Configuration = Record<string, { enforcementLevel?: string; [key: string]: unknown }>;

/** Judges resources in the pack's own process with a configuration. One process serves all; it ends with the tests. */
export async function configured(
  configuration: Configuration,
  resources: Resource[],
  stack = "live",
): Promise<Diagnostic[]> {
  pack ??= RunningPack.start(folder);
  const running = await pack;
  await running.ask("configure", configureRequest(configuration));
  const found: Diagnostic[] = [];
  for (const resource of resources) {
    await running.ask("remediate", analyzeRequest(stack, resource));
    found.push(...diagnosticsOf(await running.ask("analyze", analyzeRequest(stack, resource))));
  }
  return found;
}

let pack: Promise<RunningPack> | undefined;

function configureRequest(configuration: Configuration): unknown {
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [policy, { enforcementLevel = "mandatory", ...properties }] of Object.entries(configuration)) {
    const config = new analyzer.PolicyConfig();
    config.setEnforcementlevel(levels.indexOf(enforcementLevel));
    config.setProperties(Struct.fromJavaScript(properties));
    request.getPolicyconfigMap().set(policy, config);
  }
  return request;
}
