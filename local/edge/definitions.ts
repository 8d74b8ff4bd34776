import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../whole-file.ts";
import { moduleFolder, versionOf } from "./module.ts";
import { traefik } from "./program.ts";

export const gatewayApi = "sigs.k8s.io/gateway-api";

/** One file with the definitions of Traefik's own kinds and of the Gateway API, as their modules bring them. */
export async function edgeDefinitions(cache: string): Promise<string> {
  const folder = join(cache, "edge");
  const file = join(folder, `definitions-${await versionOf(traefik)}-${await versionOf(gatewayApi)}.yaml`);
  if (await readFile(file, "utf8").catch(() => undefined)) return file;
  await mkdir(folder, { recursive: true });
  await writeWhole(file, [await traefikKinds(), ...(await gatewayKinds())].join("\n---\n"));
  return file;
}

async function traefikKinds(): Promise<string> {
  const reference = join(await moduleFolder(traefik), "docs/content/reference/dynamic-configuration");
  return readFile(join(reference, "kubernetes-crd-definition-v1.yml"), "utf8");
}

/** Of the standard channel. */
async function gatewayKinds(): Promise<string[]> {
  const standard = join(await moduleFolder(gatewayApi), "config/crd/standard");
  const files = (await readdir(standard)).filter((name) => name.startsWith("gateway.networking")).sort();
  return Promise.all(files.map((name) => readFile(join(standard, name), "utf8")));
}
