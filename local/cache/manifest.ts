import { readFile } from "node:fs/promises";
import { z } from "zod";
import { kubernetesVersion } from "../cluster.ts";
import { engineVersion } from "../engine.ts";

const partSchema = z.strictObject({
  path: z.string().regex(/^(bin|debian|images|pulumi)\/[A-Za-z0-9][\w.+-]*$/),
  /** Of its member in the archive, which is packed. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  packedBytes: z.int().positive(),
  bytes: z.int().positive(),
});

export const manifestSchema = z.strictObject({
  format: z.literal("palier cache 1"),
  arch: z.string(),
  /** Debian's parts and the images are of this distribution, and are of use where these packages of it are installed. */
  distribution: z.string(),
  leansOn: z.array(z.string()),
  versions: z.record(z.string(), z.string()),
  made: z.iso.datetime(),
  parts: z.array(partSchema).min(1),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ArchivedPart = Manifest["parts"][number];

export const manifestName = "manifest.json";

/** The name of a part's member in the archive. */
export function memberOf({ path }: Pick<ArchivedPart, "path">): string {
  return `${path.replace("/", "-")}.tar.zst`;
}

/** What an archive made now on this machine says of itself. */
export async function manifestOf(parts: ArchivedPart[], leansOn: string[]): Promise<Manifest> {
  return {
    format: "palier cache 1",
    arch: process.arch,
    distribution: await distributionHere(),
    leansOn,
    versions: { kubernetes: kubernetesVersion, pulumi: engineVersion },
    made: new Date().toISOString(),
    parts,
  };
}

export async function distributionHere(): Promise<string> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => "");
  const field = (name: string) => new RegExp(`^${name}="?([^"\\n]*)"?$`, "m").exec(text)?.[1];
  return `${field("ID") ?? "unknown"} ${field("VERSION_ID") ?? ""}`.trim();
}
