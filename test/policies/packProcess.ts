import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import { analyzeRequest, type Diagnostic, diagnosticsOf, type Resource, type Response } from "./preview.ts";

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
  pack ??= start();
  const call = await pack;
  await call("configure", configureRequest(configuration));
  const found: Diagnostic[] = [];
  for (const resource of resources) {
    await call("remediate", analyzeRequest(stack, resource));
    found.push(...diagnosticsOf(await call("analyze", analyzeRequest(stack, resource))));
  }
  return found;
}

type Call = (request: unknown, done: (error: Error | null, response: Response) => void) => void;
type Ask = (method: string, request: unknown) => Promise<Response>;

let pack: Promise<Ask> | undefined;

/** Started as the language host does it. */
async function start(): Promise<Ask> {
  const run = [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", folder];
  const child = spawn(process.execPath, run, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill());
  child.unref();
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  (child.stdout as unknown as { unref(): void }).unref();
  const client = new rpc.AnalyzerClient(`127.0.0.1:${Number(line.toString())}`, credentials.createInsecure());
  return (method, request) =>
    new Promise((resolve, reject) =>
      (client as unknown as Record<string, Call>)[method]!(request, (error, response) =>
        error ? reject(error) : resolve(response),
      ),
    );
}

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
