import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { LocalEnvironment } from "../arguments.ts";
import type { Ground } from "../ground.ts";
import { type KubeTarget, kubectl } from "../stack/kubectl.ts";
import { writeWhole } from "../whole-file.ts";
import type { EdgePorts } from "./objects.ts";

/** How to ask through Traefik: where, by which authority's certificate. */
export async function edgeWords(ground: Ground, environment: LocalEnvironment, ports: EdgePorts): Promise<string> {
  const { clone, project } = ground;
  const all = await routes(ground, `${project.system.name}-${environment}`);
  if (all.length === 0) return `\nTraefik runs, and nothing of ${project.system.name} ${environment} has an edge.`;
  const lines = await Promise.all(
    all.map(async ({ host, authority }) => {
      if (!authority) return `  curl -s --connect-to ${host}:80:127.0.0.1:${ports.http} http://${host}/`;
      const file = join(clone.home, "edge", `${host}.pem`);
      await mkdir(join(clone.home, "edge"), { recursive: true });
      await writeWhole(file, authority);
      return `  curl -s --cacert ${file} --connect-to ${host}:443:127.0.0.1:${ports.https} https://${host}/`;
    }),
  );
  return ["\nThrough Traefik:", "", ...lines].join("\n");
}

/** Each host that an Ingress serves, with the certificate of the authority that signed for it. */
async function routes({ clone, tools }: Ground, namespace: string): Promise<{ host: string; authority?: string }[]> {
  const env = {
    ...process.env,
    KUBECONFIG: tools.kubeconfig,
    PATH: `${join(clone.home, "bin")}:${process.env["PATH"]}`,
  };
  const target: KubeTarget = { context: `palier-${clone.id}`, env, ours: true };
  const get = async (...args: string[]) =>
    JSON.parse(await kubectl(target, "get", ...args, "-n", namespace, "-o", "json"));
  const { items } = await get("ingresses");
  return Promise.all(
    items.map(async ({ spec }: { spec: { rules: { host: string }[]; tls?: { secretName: string }[] } }) => {
      const [secret] = spec.tls ?? [];
      const { data } = secret ? await get("secret", secret.secretName) : { data: {} };
      const authority = data["ca.crt"] && Buffer.from(data["ca.crt"], "base64").toString();
      return { host: spec.rules[0]!.host, authority };
    }),
  );
}
