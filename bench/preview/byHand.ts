import { resolve } from "node:path";
import type { Declared } from "../../render/declared.ts";
import type { Rendered } from "../../render/rendered.ts";

/** A program that declares the same objects, one constructor call each, with what is known only later written out. */
export function byHand(rendered: Rendered): string {
  const objects = rendered.resources.filter(({ type }) => /^(kubernetes|random|tls|docker):/.test(type));
  return `import * as k8s from "@pulumi/kubernetes";
import * as docker from "@pulumi/docker";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config("palier");
const provider = new k8s.Provider("cluster", { context: config.require("context"), kubeconfig: config.get("kubeconfig"), enableConfigMapMutable: true });
${objects.map(call).join("\n")}
`.replaceAll('"../application', `"${resolve(import.meta.dirname, "../../stacks/application")}`);
}

export function countObjects(program: string): number {
  return program.split("\nnew ").length - 1;
}

function call({ type, name, inputs }: Declared): string {
  const [group, kind] = type.split(":").slice(1) as [string, string];
  const [module, version] = group.split("/") as [string, string];
  const kubernetes = type.startsWith("kubernetes:");
  const path = kubernetes ? `k8s.${module.split(".")[0]}.${version}` : type.split(":")[0]!;
  const options = kubernetes ? ", { provider }" : "";
  return `new ${path}.${kind}(${JSON.stringify(name)}, ${JSON.stringify(inputs)} as any${options});`;
}
