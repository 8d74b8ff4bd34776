import { Unreachable } from "../../../core/cluster/apiError.ts";
import type { Client } from "./api/client.ts";
import type { Session } from "./session.ts";

/** For what can't be done without the cluster. */
export async function connect(session: Session): Promise<Client> {
  const client = await session.cluster.reach();
  if (client instanceof Unreachable) throw new Error(`configured Kubernetes cluster is unreachable: ${client.message}`);
  return client;
}
