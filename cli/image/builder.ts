import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { UsageError } from "../usage.ts";
import type { Builder } from "./build.ts";
import { buildahBuilder } from "./buildah.ts";
import { dockerBuilder } from "./docker.ts";

const builders: Record<string, () => Builder> = {
  docker: dockerBuilder,
  buildah: () => buildahBuilder("buildah"),
  podman: () => buildahBuilder("podman"),
};

/** The builder that was asked for, or the first that is there. */
export async function builderHere(wanted: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<Builder> {
  const names = Object.keys(builders);
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new UsageError(`--builder "${wanted}". Allowed: ${names.join(", ")}.`);
  }
  const found = (wanted === undefined ? names : [wanted]).find((name) => isOnPath(name, env));
  if (found !== undefined) return builders[found]!();
  throw new UsageError(`nothing here builds images: ${wanted ?? names.join(", ")} is not on PATH.`);
}

export function isOnPath(name: string, env: NodeJS.ProcessEnv = process.env): boolean {
  return (env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
