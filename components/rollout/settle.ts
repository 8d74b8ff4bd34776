import type { Cluster } from "../../core/cluster/cluster.ts";
import { objectName } from "../edge/objects.ts";

/** What leads to an app by the one strategy and by the other, where no object can do both. */
const instead: Record<string, "Ingress" | "IngressRoute"> = { Ingress: "IngressRoute", IngressRoute: "Ingress" };

/** Traefik reads anew two seconds after it last did, kinds of its own and Ingresses each by itself. */
const readWithinMs = 3000;

/**
 * After a route was made in place of another, which the engine is about to delete: a controller that has read of the end of the one
 * and not yet of the other answers 404.
 *
 * @param type As the engine names it.
 */
export async function settle(cluster: Cluster, app: string, type: string, waitMs = readWithinMs): Promise<void> {
  const other = instead[type.split(":").at(-1)!];
  if (!other || !(await cluster.get(other, objectName(app)))) return;
  await new Promise((done) => setTimeout(done, waitMs));
}
