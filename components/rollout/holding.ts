import type { Cluster } from "../../core/cluster/cluster.ts";
import { Claim } from "./claim.ts";

/** An app, held while this program releases it: from its first hook on, or from a later one where the first had nothing to do. */
export interface Held {
  take(cluster: Cluster): Promise<void>;
  /** Holds it beyond work that ends well, until the engine has written what that was for. */
  during<T>(cluster: Cluster, work: () => Promise<T>): Promise<T>;
  free(): Promise<void>;
}

export function holding(app: string): Held {
  let claim: Claim | undefined;
  const take = async (cluster: Cluster) => {
    claim ??= new Claim(cluster, app);
    await claim.take();
  };
  const free = async () => claim?.free();
  return {
    take,
    free,
    async during(cluster, work) {
      await take(cluster);
      try {
        return await work();
      } catch (error) {
        await free();
        throw error;
      }
    },
  };
}
