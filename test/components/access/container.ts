import type { Declared } from "../../declared.ts";
import type { Ended, Image } from "../backup/image.ts";
import type { Server } from "../backup/server.ts";

interface EnvVar {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef: { name: string; key: string } };
}

/**
 * Runs a Job that was declared, as the cluster would, against a server of the test's own.
 *
 * @param given Values of the Secrets that nothing here declares, by their variables.
 * @param way How it is reached, where not in clear.
 */
export async function runJob(
  image: Image,
  server: Server,
  resources: readonly Declared[],
  name: string,
  given: Record<string, string> = {},
  way: Record<string, string> = {},
): Promise<Ended> {
  const job = resources.find((one) => one.type === "kubernetes:batch/v1:Job" && one.name === name);
  if (!job) throw new Error(`no Job is named ${name}`);
  const [{ command, env }] = job.inputs.spec.template.spec.containers as [{ command: string[]; env: EnvVar[] }];
  const variables = env.map(({ name, value, valueFrom }) => {
    return [name, given[name] ?? value ?? secretOf(resources, valueFrom!.secretKeyRef)];
  });
  const here = { ...Object.fromEntries(variables), PGPORT: String(server.port) };
  return image.run(command, Object.keys(way).length > 0 ? { ...here, ...way } : { ...here, ...server.way });
}

function secretOf(resources: readonly Declared[], { name, key }: { name: string; key: string }): string {
  const secret = resources.find(({ type, inputs }) => type.endsWith(":Secret") && inputs.metadata.name === name);
  return secret?.inputs.stringData?.[key] ?? "";
}
