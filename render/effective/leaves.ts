import type * as Sdk from "@pulumi/pulumi";
import { hiddenSecret } from "../../core/hiddenSecret.ts";

/** What stands at each path of a component's arguments, outputs resolved and secrets hidden. */
export async function leaves(pulumi: typeof Sdk, value: unknown, path = ""): Promise<Map<string, unknown>> {
  const output = pulumi.Output.isInstance(value);
  if (output && (await pulumi.isSecret(value))) return new Map([[path, hiddenSecret]]);
  const resolved = output ? await promised(value) : await value;
  if (resolved === undefined) return new Map();
  const short = asOne(pulumi, resolved);
  if (short !== undefined) return new Map([[path, short]]);
  const inner = Object.entries(resolved as object).map(([key, one]) =>
    leaves(pulumi, one, path === "" ? key : `${path}.${key}`),
  );
  const found = (await Promise.all(inner)).flatMap((each) => [...each]);
  return new Map(found.length > 0 || path === "" ? found : [[path, {}]]);
}

/** The same value with every output in it resolved, and secrets hidden. */
export async function resolved(pulumi: typeof Sdk, value: unknown): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    return (await pulumi.isSecret(value)) ? hiddenSecret : resolved(pulumi, await promised(value));
  }
  if (Array.isArray(value)) return Promise.all(value.map((one) => resolved(pulumi, one)));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(async ([key, one]) => [key, await resolved(pulumi, one)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** An output's value; the method that waits for it is not among its types. */
function promised(output: Sdk.Output<unknown>): Promise<unknown> {
  return (output as unknown as { promise(): Promise<unknown> }).promise();
}

/** What is told as one value: an environment by its name, a link by where it leads, and a list as it is. */
function asOne(pulumi: typeof Sdk, value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (pulumi.Resource.isInstance(value)) return (value as unknown as { __name?: string }).__name ?? "";
  if ("host" in value && "port" in value) return `${value.host}:${value.port}`;
  if (Array.isArray(value) && value.every((item) => typeof item !== "object")) return value;
  return undefined;
}
