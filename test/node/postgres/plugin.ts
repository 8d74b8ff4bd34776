import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dump, loadAll } from "js-yaml";
import { openClone } from "../../../local/clone.ts";
import { buildGo } from "../../../local/go-build.ts";
import { barman } from "../../../local/images/barman/recipe.ts";
import { selfSigned } from "../../selfSigned.ts";
import { definitionFiles } from "../edge/definitions.ts";
import { made } from "../images/made.ts";
import type { Machine } from "../machine.ts";

const dir = join(import.meta.dirname, "../../../local/images/barman");
const module = "github.com/cloudnative-pg/plugin-barman-cloud";
/** The one whose modules are those of the operator that runs here. */
const version = new RegExp(`${module} (v\\S+)`).exec(readFileSync(join(dir, "go.mod"), "utf8"))![1]!;

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
}

/** The plugin that archives, with what it puts beside each server, as one image. */
export async function pluginImage(machine: Machine): Promise<string> {
  const { cache } = await openClone();
  const quiet = { say: () => {}, progress: () => {} };
  const program = { name: "barman-plugin", version, dir, package: `${module}/cmd/manager`, cache };
  return made(machine, barman(await buildGo(quiet, program), version));
}

/** The manifests that the plugin is published with: this image in place of its own, and certificates in place of cert-manager's. */
export async function pluginManifests(image: string): Promise<string> {
  const place = { module: `${module}@${version}`, folder: ".", file: /^(manifest\.yaml|go\.mod)$/ };
  const [, file] = definitionFiles(place, dir);
  const text = readFileSync(file!, "utf8").replace(/ghcr\.io\/\S+plugin-barman-cloud\S*/g, image);
  const kept = (loadAll(text) as Manifest[]).filter(({ apiVersion }) => !apiVersion.startsWith("cert-manager.io/"));
  for (const { kind, data } of kept) {
    if (kind === "Secret") data!["SIDECAR_IMAGE"] = Buffer.from(image).toString("base64");
  }
  const names = { "barman-cloud-server-tls": "barman-cloud", "barman-cloud-client-tls": "barman-cloud-client" };
  for (const [name, host] of Object.entries(names)) kept.push(await tlsSecret(name, host));
  return kept.map((one) => dump(one)).join("---\n");
}

async function tlsSecret(name: string, host: string): Promise<Manifest & { type: string; stringData: object }> {
  const { certificate, key } = await selfSigned([host], 30);
  return {
    ...{ apiVersion: "v1", kind: "Secret", type: "kubernetes.io/tls", metadata: { name, namespace: "cnpg-system" } },
    stringData: { "tls.crt": certificate, "tls.key": key },
  };
}
