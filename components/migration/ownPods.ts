import type { Cluster, Live } from "../../core/cluster/cluster.ts";

/** Pods that may answer requests, or work at something: one that ends may still be at its last ones. */
export async function atWork(cluster: Cluster): Promise<Live[]> {
  return (await cluster.list("Pod")).filter(({ status }) => !["Succeeded", "Failed"].includes(status?.phase));
}

/** Of an app's pod all images, of another one those that are versions of this image. */
export function imagesOf({ metadata, spec }: Live, app: string, image: string): string[] {
  const labels = metadata.labels ?? {};
  const isApp = labels["app.kubernetes.io/name"] === app && labels["app.kubernetes.io/component"] === "app";
  const images: string[] = (spec?.containers ?? []).map((container: { image: string }) => container.image);
  return images.filter((one) => isApp || repository(one) === repository(image));
}

/** `registry.example:5000/api` of `registry.example:5000/api:1@sha256:…`. */
function repository(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}
