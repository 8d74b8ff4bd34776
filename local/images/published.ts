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
