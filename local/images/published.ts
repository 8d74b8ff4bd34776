import { type Builder, buildah, push } from "./buildah.ts";

const hub = "docker.io";
let reached: Promise<boolean> | undefined;

/** Whether the registry of the published images answers: asked once a run, for at most five seconds. */
export function publishedReached(): Promise<boolean> {
  reached ??= fetch("https://registry-1.docker.io/v2/", { signal: AbortSignal.timeout(5_000) }).then(
    // It asks for a token first; anything else is not the registry.
    (answer) => answer.status === 401,
    () => false,
  );
  return reached;
}

/** Copies a published image into the node's registry. Returns its digest there. */
export async function copyPublished(builder: Builder, image: string, reference: string): Promise<string> {
  const source = `${hub}/${image}`;
  await buildah(builder, ["pull", source]);
  return push(builder, source, reference);
}
