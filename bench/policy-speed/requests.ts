import { createRequire } from "node:module";
import { analyzeRequest, type Resource, secret } from "../../test/policies/preview.ts";
import type { Manifest } from "./objects.ts";

const require = createRequire(import.meta.url);
const analyzer = require("@pulumi/pulumi/proto/analyzer_pb.js");

const stack = "production";

/** What the engine asks a pack in one preview. */
export interface Requests {
  /** One for each resource, asked to remediate and then to analyze. */
  readonly resources: readonly unknown[];
  readonly stack: unknown;
}

/** The engine's requests about these objects, the resource of the stack itself first. */
export function requestsOf(manifests: readonly Manifest[]): Requests {
  const root = { type: "pulumi:pulumi:Stack", name: `avnir-${stack}`, props: {} };
  const resources = [root, ...manifests.map(resourceOf)].map(
    (resource) => analyzeRequest(stack, resource) as AnalyzeRequest,
  );
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(resources.map(inStack));
  return { resources: resources.map(serialized), stack: serialized(request) };
}

/** Put into bytes before the time is taken: the engine's own share is none of the pack's. */
function serialized<Message extends { serializeBinary(): Uint8Array }>(request: Message): Message {
  const bytes = request.serializeBinary();
  return Object.assign(request, { serializeBinary: () => bytes });
}

/** As a program declares it: the core group is named in the type, and what a Secret holds is a Pulumi secret. */
function resourceOf(manifest: Manifest): Resource {
  const { apiVersion, kind, metadata } = manifest;
  const type = `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`;
  const props = kind === "Secret" ? { ...manifest, stringData: secret(manifest["stringData"]) } : manifest;
  return { type, name: metadata.name, props };
}

interface AnalyzeRequest {
  getType(): string;
  getUrn(): string;
  getName(): string;
  getProperties(): unknown;
  getOptions(): unknown;
  serializeBinary(): Uint8Array;
}

function inStack(request: AnalyzeRequest): unknown {
  const resource = new analyzer.AnalyzerResource();
  resource.setType(request.getType());
  resource.setUrn(request.getUrn());
  resource.setName(request.getName());
  resource.setProperties(request.getProperties());
  resource.setOptions(request.getOptions());
  return resource;
}
