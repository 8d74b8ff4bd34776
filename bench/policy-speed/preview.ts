import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { RunningPack } from "../../test/policies/runningPack.ts";
import type { Requests } from "./requests.ts";

export interface Preview {
  readonly milliseconds: number;
  /** The most memory that the pack's process has held. */
  readonly peakBytes: number;
  /** How many diagnostics the pack gave. */
  readonly diagnostics: number;
}

/** One preview in a fresh process of the pack: each resource is remediated and analyzed, and in the end the stack. */
export async function preview(folder: string, { resources, stack }: Requests): Promise<Preview> {
  const pack = await RunningPack.start(folder);
  try {
    // What the engine asks first; it counts as start.
    await pack.ask("getAnalyzerInfo", new empty.Empty());
    const since = performance.now();
    let diagnostics = 0;
    for (const resource of resources) {
      await pack.ask("remediate", resource);
      diagnostics += (await pack.ask("analyze", resource)).getDiagnosticsList().length;
    }
    diagnostics += (await pack.ask("analyzeStack", stack)).getDiagnosticsList().length;
    return { milliseconds: performance.now() - since, peakBytes: pack.peakBytes, diagnostics };
  } finally {
    await pack.stop();
  }
}
