import { parted } from "../record/place.ts";
import { runningIn, textOf } from "../stack/running.ts";
import { flagsIn } from "../stack/stackFile.ts";
import { UsageError } from "../usage.ts";
import { address, path } from "./thresholds.ts";

/** What is checked, and whose records are written. */
export interface Target {
  readonly url: URL;
  readonly healthPath: string;
  readonly namespace?: string | undefined;
  readonly images: readonly { readonly image: string; readonly digest: string }[];
  readonly system: string;
  readonly folder: string;
  readonly flags?: Readonly<Record<string, boolean>>;
}

interface Given {
  readonly url?: string;
  readonly health?: string;
  readonly image?: string[];
  readonly system?: string;
  readonly records?: string;
  readonly project: string;
}

/** What was given, and what the stack itself says of the rest. */
export async function targetOf(environment: string, given: Given): Promise<Target> {
  const { url, health, image, system } = given;
  const records = given.records ?? process.env["PALIER_RECORDS"];
  const all = url && health && image && system && records;
  const stack = all ? undefined : await runningIn(given.project, environment);
  const outputs = stack?.outputs ?? {};
  const folder = records ?? configured(stack?.file.config);
  if (!folder) throw new UsageError("--records is missing: the folder of records, palier:records, or $PALIER_RECORDS.");
  return {
    url: address("--url", needed("--url", url ?? textOf(outputs, "url"), environment)),
    healthPath: path("--health", needed("--health", health ?? textOf(outputs, "health"), environment)),
    namespace: textOf(outputs, "namespace"),
    images: imagesOf(image ?? Object.values(stack?.images ?? {}), environment),
    system: system ?? stack!.file.system,
    folder,
    ...(stack ? { flags: flagsIn(stack.file) } : {}),
  };
}

function configured(config: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const folder = config?.["palier:records"];
  return typeof folder === "string" ? folder : undefined;
}

function needed(option: string, value: string | undefined, environment: string): string {
  if (value !== undefined) return value;
  throw new UsageError(`${option} is missing, and ${environment} has no output "${option.slice(2)}".`);
}

function imagesOf(references: readonly string[], environment: string): Target["images"] {
  if (references.length === 0)
    throw new UsageError(`--image is missing, and ${environment} has no output "image" or "images".`);
  return references.map((reference) => {
    const image = parted(reference);
    if (image) return image;
    throw new UsageError(`--image "${reference}" is no reference with its digest: name@sha256:<64 digits>.`);
  });
}
