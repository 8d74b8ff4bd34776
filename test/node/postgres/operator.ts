import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openClone } from "../../../local/clone.ts";
import { buildGo } from "../../../local/go-build.ts";
import { cnpg } from "../../../local/images/cnpg/recipe.ts";
import { definitionFiles } from "../edge/definitions.ts";
import { made } from "../images/made.ts";
import type { Machine } from "../machine.ts";
import { operators } from "./definitions.ts";

const { module } = operators["CloudNativePG"]!;
const version = module.split("@v")[1]!;

/** The operator with what it runs, as one image, with the tag by which it knows the version of Postgres. */
export async function operand(machine: Machine): Promise<string> {
  const { cache } = await openClone();
  const quiet = { say: () => {}, progress: () => {} };
  const dir = join(definitionFiles({ ...operators["CloudNativePG"]!, folder: ".", file: /^go\.mod$/ })[0]!, "..");
  const manager = await buildGo(quiet, { name: "cnpg-manager", version, dir, package: "./cmd/manager", cache });
  return (await made(machine, cnpg(manager, version))).replace("@", ":15@");
}

/** The manifests that the operator is published with, and this image in place of its own. */
export function manifests(image: string): string {
  const file = definitionFiles({
    ...operators["CloudNativePG"]!,
    folder: "releases",
    file: new RegExp(`^cnpg-${version}\\.yaml$`),
  });
  const own = `ghcr.io/cloudnative-pg/cloudnative-pg:${version}`;
  return readFileSync(file[0]!, "utf8")
    .replaceAll(own, image)
    .replace("imagePullPolicy: Always", "imagePullPolicy: IfNotPresent");
}
