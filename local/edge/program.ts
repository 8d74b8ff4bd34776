import { buildGo, type GoProgram } from "../go-build.ts";
import type { Step } from "../steps.ts";
import { traefikModule, versionOf } from "./module.ts";

export const traefik = "github.com/traefik/traefik/v3";

/** Builds the real Traefik once; afterwards it comes from the cache. Asked for by `--edge` alone. */
export async function buildTraefik(step: Step, cache: string): Promise<string> {
  return buildGo(step, await traefikProgram(cache));
}

async function traefikProgram(cache: string): Promise<GoProgram> {
  const version = await versionOf(traefik);
  return {
    name: "traefik",
    version,
    dir: await traefikModule(cache),
    package: `${traefik}/cmd/traefik`,
    ldflags: `-X ${traefik}/pkg/version.Version=v${version}`,
    cache,
  };
}
