import type { Clone } from "../clone.ts";
import { debianParts } from "../debian.ts";
import type { Step } from "../steps.ts";
import { type Builder, runTool } from "./builder.ts";
import type { Published } from "./recipe.ts";

const patience = 5_000;
let reached: Promise<boolean> | undefined;

/** Whether the registry of the published images answers: asked once a run. */
export function publishedReached(): Promise<boolean> {
  reached ??= fetch("https://registry-1.docker.io/v2/", { signal: AbortSignal.timeout(patience) }).then(
    // It asks for a token first; anything else is not the registry.
    (answer) => answer.status === 401,
    () => false,
  );
  return reached;
}

/** A tag for the copy in the node's registry, where a manifest can be asked for by tag only once it is there. */
export function publishedTag({ digest }: Published): string {
  return `published-${digest.slice("sha256:".length, "sha256:".length + 12)}`;
}

/** Copies the image for this machine's platform into the node's registry, byte by byte, so that it keeps its digest. */
export async function copyPublished(
  step: Step,
  { cache }: Pick<Clone, "cache">,
  { storage }: Builder,
  { repository, digest }: Published,
  target: string,
): Promise<void> {
  const root = await debianParts(step, cache, ["skopeo"]);
  const settings = [
    "--policy",
    `${root}/etc/containers/policy.json`,
    "--registries-conf",
    `${storage}/registries.conf`,
  ];
  const pinned = [`docker://${repository}@${digest}`, `docker://${target}`];
  await runTool({ root, storage }, ["skopeo", ...settings, "copy", "--preserve-digests", ...pinned]);
}
