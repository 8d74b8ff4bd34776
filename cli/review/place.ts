import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../usage.ts";

/** Options of every command about reviews. */
export const projectOption = { project: { type: "string" }, help: { type: "boolean", short: "h" } } as const;

/** Where the project is whose reviews they are. */
export function projectOf({ project }: { project?: string | undefined }): { folder: string } {
  const folder = resolve(project ?? process.env["PULUMI_OPTION_CWD"] ?? ".");
  if (existsSync(join(folder, "Pulumi.yaml"))) return { folder };
  throw new UsageError(`${join(folder, "Pulumi.yaml")} is not there: --project names the folder of Pulumi.yaml.`);
}
