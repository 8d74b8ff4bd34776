import { resolve } from "node:path";
import { UsageError } from "../usage.ts";
import { isOnPath } from "./builder.ts";
import { run } from "./run.ts";

/** The tools that list what an image is made of, and their words. */
const tools: Record<string, (reference: string, file: string) => string[]> = {
  syft: (reference, file) => [reference, "--output", `spdx-json=${file}`],
  trivy: (reference, file) => ["image", "--format", "spdx-json", "--output", file, reference],
};

/** Writes what an image is made of, as SPDX in JSON. */
export async function writeSbom(reference: string, file: string): Promise<void> {
  const tool = Object.keys(tools).find((name) => isOnPath(name));
  if (!tool)
    throw new UsageError(`--sbom: none of ${Object.keys(tools).join(" and ")} is on PATH; ${reference} is pushed.`);
  await run(tool, tools[tool]!(reference, resolve(file)), () => {}).catch((error: Error) => {
    throw new UsageError(`--sbom: ${tool} failed on ${reference}, which is pushed:\n${error.message}`);
  });
}
