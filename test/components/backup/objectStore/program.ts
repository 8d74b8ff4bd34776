import { openClone } from "../../../../local/clone.ts";
import { buildGo } from "../../../../local/go-build.ts";

/** rclone's S3 server, as its Go module has it; Debian's rclone is older than that. */
export async function objectStoreProgram(): Promise<string> {
  const { cache } = await openClone();
  const quiet = { say: () => {}, progress: () => {} };
  const module = { name: "object-store", version: "1.71.0", dir: import.meta.dirname, package: ".", cache };
  return buildGo(quiet, module);
}
