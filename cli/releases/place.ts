import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { Unreachable } from "../../core/cluster/apiError.ts";
import { Cluster } from "../../core/cluster/cluster.ts";
import { UsageError } from "../usage.ts";

/** Options by which a command finds an environment's cluster. */
export const placeOptions = {
  project: { type: "string" },
  context: { type: "string" },
  kubeconfig: { type: "string" },
  namespace: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

interface Wish {
  project?: string;
  context?: string;
  kubeconfig?: string;
  namespace?: string;
}

/** An environment, as the project's own files tell of it. */
export interface Place {
  folder: string;
  /** The project's name. */
  system: string;
  stack: string;
  /** The stack's own configuration, by its whole key. */
  config: Readonly<Record<string, unknown>>;
  cluster: Cluster;
}

const projectFile = z.object({ name: z.string() });
const stackFile = z.object({ config: z.record(z.string(), z.unknown()).nullish() }).nullable();

/** Nothing is asked of the cluster yet. */
export function placeOf(stack: string, wish: Wish): Place {
  const folder = resolve(wish.project ?? process.env["PULUMI_OPTION_CWD"] ?? ".");
  const { name } = read(join(folder, "Pulumi.yaml"), projectFile);
  const config = read(join(folder, `Pulumi.${stack}.yaml`), stackFile)?.config ?? {};
  const context = wish.context ?? text(config["palier:context"]);
  if (!context) throw new UsageError(`palier:context of ${stack} is not set: give --context.`);
  const kubeconfig = wish.kubeconfig ?? text(config["palier:kubeconfig"]);
  const namespace = wish.namespace ?? `${name}-${stack}`;
  return { folder, system: name, stack, config, cluster: clusterOf({ context, kubeconfig, namespace }) };
}

function clusterOf(selection: { context: string; kubeconfig?: string; namespace: string }): Cluster {
  try {
    return new Cluster(selection);
  } catch (error) {
    throw error instanceof Unreachable ? new UsageError(`${error.message}.`) : error;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function read<Schema extends z.ZodType>(file: string, schema: Schema): z.infer<Schema> {
  if (!existsSync(file)) throw new UsageError(`${file} is not there: --project names the folder of Pulumi.yaml.`);
  try {
    return schema.parse(parse(readFileSync(file, "utf8")) ?? null);
  } catch {
    throw new UsageError(`${file} can't be read as what Pulumi writes.`);
  }
}
