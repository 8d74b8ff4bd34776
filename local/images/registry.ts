const manifests = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** Digest of what a tag points at in a registry that speaks plain http; undefined if there is none. */
export async function digestIn(registry: string, repository: string, tag: string): Promise<string | undefined> {
  const answer = await fetch(`http://${registry}/v2/${repository}/manifests/${tag}`, {
    method: "HEAD",
    headers: { accept: manifests.join(", ") },
    signal: AbortSignal.timeout(5_000),
  });
  return answer.ok ? (answer.headers.get("docker-content-digest") ?? undefined) : undefined;
}
