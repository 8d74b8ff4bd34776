import { createRequire } from "node:module";
import { join } from "node:path";
import type language from "@pulumi/pulumi/proto/language_pb.js";
import { fromStruct } from "../grpc/marshal.ts";
import { notHere } from "./not-here.ts";

/** `runtime.options` of Pulumi.yaml or PulumiPolicy.yaml. */
export interface RuntimeOptions {
  typescript: boolean;
  nodeArguments: string[];
  tsconfig?: string;
  packageManager?: string;
  /** Leaves out what only development needs when dependencies are installed. */
  production: boolean;
}

const names = ["typescript", "nodeargs", "tsconfig", "packagemanager", "production"];
const managers = ["auto", "npm", "yarn", "pnpm", "bun"];

export function readOptions(info: language.ProgramInfo | undefined): RuntimeOptions {
  const given = fromStruct(info?.getOptions());
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new Error(`${notHere(`runtime.options.${unknown[0]}`)}; this one knows ${names.join(", ")}`);
  }
  return {
    typescript: boolean("typescript", given["typescript"], true),
    nodeArguments: splitWords(string("nodeargs", given["nodeargs"]) ?? ""),
    tsconfig: string("tsconfig", given["tsconfig"]),
    packageManager: oneOf("packagemanager", string("packagemanager", given["packagemanager"]), managers),
    production: boolean("production", given["production"], false),
  };
}

export function optionEnvironment(options: RuntimeOptions): NodeJS.ProcessEnv {
  return {
    ...(options.typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}

/** Node's own search, from the program's folder: each project runs with the SDK that it has installed itself. */
export function locateModule(module: string, directory: string): string {
  try {
    return createRequire(join(directory, "program.js")).resolve(module);
  } catch {
    throw new Error(`Cannot find module '${module}' from ${directory}: run npm install there, or above it.`);
  }
}

function boolean(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  throw new Error(`runtime.options.${name} is ${JSON.stringify(value)}; allowed: true, false`);
}

function string(name: string, value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new Error(`runtime.options.${name} is ${JSON.stringify(value)}; a string is needed`);
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): string | undefined {
  if (value === undefined || allowed.includes(value)) return value;
  throw new Error(`runtime.options.${name} is ${JSON.stringify(value)}; allowed: ${allowed.join(", ")}`);
}

function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
