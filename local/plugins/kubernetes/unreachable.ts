import type { Unreachable } from "../../../core/cluster/apiError.ts";
import type { Session } from "./session.ts";

const warned = new WeakSet<Session>();

/** One warning for the whole run: forty resources would say the same. */
export async function warnUnreachable(session: Session, urn: string, why: Unreachable): Promise<void> {
  if (warned.has(session)) return;
  warned.add(session);
  await session.log.log("warning", `configured Kubernetes cluster is unreachable: ${why.message}`, { urn });
}
