import { readFile } from "node:fs/promises";
import { refuseUnchangeable } from "../../core/records/changeRecord.ts";
import { UnusableRecord } from "../../core/records/recordFolder.ts";
import { cantRead, UsageError } from "../usage.ts";

/** Options of every command that reads or writes release records. */
export const placeOptions = {
  system: { type: "string" },
  records: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** How a command's help says them. */
export const placeHelp = `  --system NAME             the Pulumi project
  --records FOLDER          where records are kept (default: $PALIER_RECORDS)`;

interface Given {
  readonly system?: string | undefined;
  readonly records?: string | undefined;
}

/** The folder of records, and the system whose they are. */
export function placeOf({ system, records }: Given): { folder: string; system: string } {
  const folder = records ?? process.env["PALIER_RECORDS"];
  if (!folder) throw new UsageError("--records is missing: the folder of records, or $PALIER_RECORDS.");
  if (!system) throw new UsageError("--system is missing: the name of the Pulumi project.");
  return { folder, system };
}

/** The one image that was named, by its digest. */
export function imageOf(positionals: readonly string[]): { image: string; digest: string } {
  const named = positionals.length === 1 ? parted(positionals[0]!) : undefined;
  if (named) return named;
  throw new UsageError(
    `IMAGE "${positionals.join(" ")}" is not one reference with its digest: name@sha256:<64 digits>.`,
  );
}

/** A reference's image and digest; undefined where it has no digest. */
export function parted(reference: string): { image: string; digest: string } | undefined {
  const [, image, digest] = /^([^@\s]+)@(sha256:[0-9a-f]{64})$/.exec(reference) ?? [];
  return image && digest ? { image, digest } : undefined;
}

/** What a file of a key holds. */
export async function keyIn(option: string, file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => cantRead(option, file));
}

/** Refuses to begin what could not be put on record at its end: the record is signed, and its key is not given. */
export function refuseUnwritable(
  place: { readonly folder: string; readonly system: string; readonly key: string | undefined },
  images: readonly { readonly image: string; readonly digest: string }[],
): void {
  for (const image of images) {
    try {
      refuseUnchangeable({ ...place, ...image });
    } catch (error) {
      const { image: name, digest } = image;
      asGivenWrongly(
        error instanceof UnusableRecord ? new UnusableRecord(`${name}@${digest}: ${error.message}`) : error,
      );
    }
  }
}

/** A record that can't be used is told as what was given wrongly. */
export function asGivenWrongly(error: unknown): never {
  throw error instanceof UnusableRecord ? new UsageError(`${error.message}.`) : error;
}
