import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import { analyzeRequest, type Diagnostic, diagnosticsOf, type Resource, type Response } from "./preview.ts";

const require = createRequire(import.meta.url);
const analyzer = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
const pack = fileURLToPath(new URL("../../policies", import.meta.url));
const levels = ["advisory", "mandatory", "disabled", "remediate"];

type Configuration = Record<string, { enforcementLevel?: string; [key: string]: unknown }>;

/** Runs the pack's own process, started as the language host does it, with a configuration. */
export async function configured(
  configuration: Configuration,
  resources: Resource[],
  stack = "live",
): Promise<Diagnostic[]> {
  const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", pack], {
    cwd: pack,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const client = new rpc.AnalyzerClient(`127.0.0.1:${await port(child)}`, credentials.createInsecure());
    const call = (method: string, request: unknown) =>
      new Promise<Response>((resolve, reject) =>
        (client as unknown as Record<string, Call>)[method]!(request, (error, response) =>
          error ? reject(error) : resolve(response),
        ),
      );
    await call("configure", configureRequest(configuration));
    const found: Diagnostic[] = [];
    for (const resource of resources) {
      await call("remediate", analyzeRequest(stack, resource));
      found.push(...diagnosticsOf(await call("analyze", analyzeRequest(stack, resource))));
    }
    client.close();
    return found;
  } finally {
    child.kill();
  }
}

type Call = (request: unknown, done: (error: Error | null, response: Response) => void) => void;

async function port(child: ChildProcess): Promise<number> {
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  return Number(line.toString().trim());
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
