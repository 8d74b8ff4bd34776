// Runs a program against stand-ins of the engine and its providers, in a process of its own: what it loads is loaded anew.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type * as Sdk from "@pulumi/pulumi";
import { listen, type Told } from "../core/told.ts";
import type { Declared, Outcome, Run } from "./declared.ts";
import { componentsOf } from "./effective/components.ts";
import { resolved } from "./effective/leaves.ts";
import { standIn } from "./standIns.ts";

process.once("message", (asked: Run) => {
  const fail = (error: unknown) => end({ problem: reason(error, asked.program) });
  process.on("uncaughtException", fail).on("unhandledRejection", fail);
  run(asked).then(end, fail);
});

function end(outcome: Outcome): void {
  process.send!(outcome, () => process.exit(0));
}

async function run({ program, project, stack, config, secretKeys, secrets: configured }: Run): Promise<Outcome> {
  // The program's own copy: outputs of another one are strangers to it.
  const sdk = createRequire(program).resolve("@pulumi/pulumi");
  const { default: pulumi } = (await import(pathToFileURL(sdk).href)) as { default: typeof Sdk };
  const { runtime } = pulumi;
  const declared: Declared[] = [];
  const options = new Map<string, Sdk.CustomResourceOptions>();
  const secrets = new Set(configured);
  const told: Told[] = [];
  listen((what) => told.push(what));
  let refused: Error | undefined;
  /** Kept beside: the SDK tells nobody of an error in what is made of no use. */
  const refuse = (what: string): never => {
    refused ??= new Error(what);
    throw refused;
  };
  await runtime.setMocks(
    {
      call: ({ token }) => refuse(`${token}: what a provider answers is not known without it`),
      newResource: ({ type, name, inputs: given, custom }) => {
        const inputs = open(pulumi, given) as Record<string, unknown>;
        const { state, secret = [] } = standIn(type, name, inputs);
        const { parent, id, ignoreChanges = [], protect = false } = options.get(`${type}::${name}`) ?? {};
        if (id !== undefined) refuse(`${type} "${name}" is read from a cluster, and here is none`);
        const above = parent as { __pulumiType?: string; __name?: string } | undefined;
        const part = above?.__pulumiType === "pulumi:pulumi:Stack" ? undefined : above;
        declared.push({
          ...{ type, name, ignoreChanges, protect: protect === true },
          parent: part && `${part.__pulumiType}::${part.__name}`,
          inputs: type.startsWith("kubernetes:") && custom ? state : inputs,
        });
        for (const key of secret) secrets.add(String(state[key]));
        const hidden = secret.map((key) => [key, pulumi.secret(state[key])]);
        return { id: String(state["id"] ?? `${name}-id`), state: { ...state, ...Object.fromEntries(hidden) } };
      },
    },
    project,
    stack,
  );
  runtime.setAllConfig({ ...config }, [...secretKeys]);
  process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(secretKeys);
  let exported: { artefacts?: unknown } = {};
  await runtime.runInPulumiStack(async () => {
    // Mocks are told inputs alone.
    runtime.registerStackTransformation(({ type, name, opts }) => {
      options.set(`${type}::${name}`, opts);
      return undefined;
    });
    exported = await import(pathToFileURL(program).href);
    return exported;
  });
  await runtime.disconnect();
  const components = await componentsOf(pulumi, told, { config, secretKeys });
  const artefacts = await resolved(pulumi, exported.artefacts);
  if (refused) throw refused;
  return { declared, components, secrets: [...secrets], artefacts };
}

/** The same without the envelopes in which the SDK hands over secrets. */
function open(pulumi: typeof Sdk, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => open(pulumi, item));
  if (value === null || typeof value !== "object") return value;
  if (pulumi.runtime.isRpcSecret(value)) return open(pulumi, pulumi.runtime.unwrapRpcSecret(value));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(pulumi, inner)]));
}

/** An error that was meant for people as it is; of any other, where in the program it arose. */
function reason(error: unknown, program: string): string {
  if (!(error instanceof Error)) return String(error);
  if ("__pulumiRunError" in error) return error.message;
  const folder = program.slice(0, program.lastIndexOf("/") + 1);
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.includes(folder) && !line.includes("node_modules"));
  const place = /([^/(\s]+:\d+):\d+\)?$/.exec(frames[0] ?? "")?.[1];
  return `${error.name}: ${error.message}${place ? ` (${place})` : ""}`;
}
