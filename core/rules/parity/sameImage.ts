import { imageReference } from "../images/imageReference.ts";
import { engineOfImage } from "../relations/databases.ts";

/** Whether one image is the other, as far as their names tell; undefined where they don't. */
export function sameImage(own: string, other: string): boolean | undefined {
  const [a, b] = [imageReference(own), imageReference(other)];
  if (a.digest && b.digest) return a.digest === b.digest;
  if (nameOf(a.repository) !== nameOf(b.repository)) return false;
  return a.tag && b.tag ? a.tag === b.tag : undefined;
}

/** Whether two images of databases are of one major version; undefined for other images, and where they don't tell. */
export function sameMajor(own: string, other: string): boolean | undefined {
  const engines = [own, other].map(engineOfImage);
  if (engines.includes(undefined)) return undefined;
  if (engines[0] !== engines[1]) return false;
  const [a, b] = [own, other].map((text) => /^v?(\d+)/.exec(imageReference(text).tag ?? "")?.[1]);
  return a && b ? a === b : undefined;
}

/** Each environment may have a registry of its own. */
function nameOf(repository: string): string {
  return repository.split("/").at(-1) ?? "";
}
