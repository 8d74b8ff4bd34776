import type { EngineLog } from "../../grpc/engine-log.ts";
import type { Cluster } from "./cluster.ts";
import type { Configuration } from "./configuration.ts";

/** What one configured provider instance has at hand. */
export interface Session {
  config: Configuration;
  cluster: Cluster;
  log: EngineLog;
  /** Aborted when the user presses Ctrl-C. */
  signal: AbortSignal;
  /** Resources that Diff wants replaced: their old object is still there when the new one is previewed. */
  replacing: Set<string>;
}
