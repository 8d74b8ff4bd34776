import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { UsageError } from "../usage.ts";
import { buildahBuilder } from "./buildah.ts";
import { dockerBuilder } from "./docker.ts";
import type { Plan } from "./plan.ts";

export interface Build extends Plan {
  readonly labels: { [name: string]: string };
  /** Seconds since 1970 by which files and image are dated. */
  readonly epoch: number;
}

export type Say = (line: string) => void;

/** A program that makes images on this machine. */
export interface Builder {
  /** Builds, names it in the repository by its content, pushes it, and resolves to its digest there. */
  make(build: Build, say: Say): Promise<string>;
}

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
