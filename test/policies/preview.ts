import { createRequire } from "node:module";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { headlineRules } from "../../core/rules/index.ts";
import { policiesFor } from "../../policies/adapter/policies.ts";

const require = createRequire(import.meta.url);
const analyzer = require("@pulumi/pulumi/proto/analyzer_pb.js");
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js");
// The SDK's own server functions: unknown values, secrets and levels reach the policies as in a real run.
const { makeAnalyzeRpcFun, makeRemediateRpcFun } = require("@pulumi/policy/server");

/** A value that isn't known at preview, as the engine writes it. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value that the program marked as secret, as the engine writes it. */
export const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

export interface Resource {
  type: string;
  name: string;
  props: object;
  parent?: string;
}

export interface Diagnostic {
  policy: string;
  level: "advisory" | "mandatory";
  message: string;
  urn: string;
}

const levels = ["advisory", "mandatory", "disabled", "remediate"];

/** Runs the pack over resources in the order of their registration, as one preview of the stack does. */
export async function preview(stack: string, resources: Resource[], rules = headlineRules): Promise<Diagnostic[]> {
  const diagnostics = await wholePreview(stack, resources, rules);
  // Said of every stack that has no records, as those of most tests.
  return diagnostics.filter(({ policy }) => policy !== "secrets-compared");
}

export async function wholePreview(stack: string, resources: Resource[], rules = headlineRules): Promise<Diagnostic[]> {
  const policies = policiesFor({ rules, release: [], profiles: {} });
  const diagnostics: Diagnostic[] = [];
  for (const resource of resources) diagnostics.push(...(await analyzed(stack, resource, policies)));
  return diagnostics;
}

async function analyzed(
  stack: string,
  resource: Resource,
  policies: ResourceValidationPolicy[],
): Promise<Diagnostic[]> {
  const call = () => ({ request: analyzeRequest(stack, resource) });
  await answer(makeRemediateRpcFun("palier", "0.1.0", "mandatory", policies), call());
  return diagnosticsOf(await answer(makeAnalyzeRpcFun("palier", "0.1.0", "mandatory", policies), call()));
}

/** What the engine sends about a resource, once to remediate and once to analyze. */
export function analyzeRequest(stack: string, { type, name, props, parent = "" }: Resource): unknown {
  const request = new analyzer.AnalyzeRequest();
  request.setType(type);
  request.setUrn(`urn:pulumi:${stack}::avnir::${type}::${name}`);
  request.setName(name);
  request.setProperties(Struct.fromJavaScript(props));
  const options = new analyzer.AnalyzerResourceOptions();
  options.setParent(parent);
  request.setOptions(options);
  return request;
}

export function diagnosticsOf(response: Response): Diagnostic[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levels[diagnostic.getEnforcementlevel()] as Diagnostic["level"],
    message: diagnostic.getMessage(),
    urn: diagnostic.getUrn(),
  }));
}

export interface Response {
  getDiagnosticsList(): {
    getPolicyname(): string;
    getEnforcementlevel(): number;
    getMessage(): string;
    getUrn(): string;
  }[];
}

type Handler = (call: unknown, done: (error: Error | null, response: Response) => void) => void;

function answer(handler: Handler, call: unknown): Promise<Response> {
  return new Promise((resolve, reject) =>
    handler(call, (error, response) => (error ? reject(error) : resolve(response))),
  );
}
