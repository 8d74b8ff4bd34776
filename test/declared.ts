import * as pulumi from "@pulumi/pulumi";

/** One resource that a program declared. */
export interface Declared {
  type: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the type's, and tests read deep into it
  inputs: any;
}

export interface Stack {
  /** @default avnir */
  project?: string;
  stack: string;
  config?: Record<string, string>;
  secrets?: Record<string, string>;
  /** Is told of each resource as it is asked for; it is there once this has ended. */
  begun?: (resource: Declared) => Promise<void> | void;
}

/**
 * Runs a program against mocks and hands back what it declared, with every output known. Errors of the program are
 * thrown.
 */
export async function declared(
  { project = "avnir", stack, config = {}, secrets = {}, begun }: Stack,
  program: () => unknown,
): Promise<Declared[]> {
  const resources: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: async ({ type, name, inputs: given }) => {
        const inputs = type.startsWith("kubernetes:") ? named(name, given) : given;
        const resource = { type, name, inputs: open(inputs) };
        resources.push(resource);
        await begun?.(resource);
        return { id: `${name}-id`, state: { ...inputs, ...made(type, name, inputs) } };
      },
      call: ({ inputs }) => inputs,
    },
    project,
    stack,
    false,
  );
  const values = { "palier:context": "test", ...config, ...secrets };
  pulumi.runtime.setAllConfig(values, Object.keys(secrets));
  process.env["PULUMI_CONFIG_SECRET_KEYS"] = JSON.stringify(Object.keys(secrets));
  await pulumi.runtime.runInPulumiStack(async () => program());
  await pulumi.runtime.disconnect();
  return resources.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key({ type, name }: Declared): string {
  return `${type} :: ${name}`;
}

/** The name that the Kubernetes provider gives where the program gives none. */
function named(name: string, inputs: { metadata?: { name?: string } }) {
  return { ...inputs, metadata: { name: `${name}-1a2b3c4d`, ...inputs.metadata } };
}

/** What a provider would add to the inputs, as far as programs read it. */
function made(type: string, name: string, inputs: { length?: number }): Record<string, unknown> {
  if (type === "random:index/randomPassword:RandomPassword")
    return { result: `made-${name}`.padEnd(inputs.length ?? 0, "x") };
  if (type === "docker:index/image:Image") return { repoDigest: `${name}@sha256:${"d".repeat(64)}` };
  if (type.startsWith("tls:"))
    return { certPem: `${name} PEM`, certRequestPem: `${name} PEM`, privateKeyPem: `${name} PEM` };
  return {};
}

/** The one resource of this type and name. */
export function find(resources: Declared[], type: string, name: string): Declared {
  const found = resources.find((resource) => resource.type === type && resource.name === name);
  if (!found) throw new Error(`no ${type} :: ${name} among ${resources.map(key).join(", ")}`);
  return found;
}

/** The same without the envelopes in which the SDK hands over secrets. */
function open(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(open);
  if (value === null || typeof value !== "object") return value;
  if (pulumi.runtime.isRpcSecret(value)) return open(pulumi.runtime.unwrapRpcSecret(value));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner)]));
}
