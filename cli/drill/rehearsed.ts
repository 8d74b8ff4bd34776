import { writeFile } from "node:fs/promises";
import { changeRecord } from "../../core/records/changeRecord.ts";
import type { Gate } from "../../core/records/releaseRecord.ts";
import { meaningOf } from "../meaning.ts";
import { asGivenWrongly, keyIn, parted, refuseUnwritable } from "../record/place.ts";
import { type Place, placeOf, placeOptions } from "../releases/place.ts";
import { UsageError } from "../usage.ts";

/** Options of every drill. */
export const drillOptions = {
  ...placeOptions,
  production: { type: "boolean" },
  output: { type: "string" },
  records: { type: "string" },
  sign: { type: "string" },
} as const;

/** How a command's help says them. */
export const drillHelp = `  --production          where STACK is production, which is left alone otherwise
  --output FILE         where the drill's own record goes, as JSON
  --records FOLDER      where it is written on the releases' records (default: palier:records of STACK, else nowhere)
  --sign FILE           private ed25519 key in PEM, for records that are signed: nothing is begun without it
  --project FOLDER, --context NAME, --kubeconfig FILE, --namespace NAME
                        as of palier status`;

type Given = Parameters<typeof placeOf>[1] & { production?: boolean; records?: string; output?: string; sign?: string };

/** Where it is rehearsed: not in production, where nobody asked for it in so many words. */
export function stageFor(positionals: readonly string[], given: Given, command: string): Place {
  const [stack, ...more] = positionals;
  if (!stack || more.length > 0) throw new UsageError(`name one STACK. See palier drill ${command} --help.`);
  const place = placeOf(stack, given);
  if (meaningOf(stack, place.folder) === "production" && !given.production)
    throw new UsageError(`${stack} is production: rehearse in staging, or say --production too.`);
  return place;
}

/** Where a drill is written down. */
export interface Journal {
  readonly folder: string | undefined;
  readonly system: string;
  readonly key: string | undefined;
  readonly output: string | undefined;
  /** What is in use: its records get the gate. */
  readonly images: readonly { readonly image: string; readonly digest: string }[];
}

/** Asked for before a drill begins: one that could not be put on record at its end is refused. */
export async function journalFor(place: Place, given: Given, references: readonly string[]): Promise<Journal> {
  const configured = place.config["palier:records"];
  const folder = given.records ?? (typeof configured === "string" ? configured : undefined);
  const key = given.sign === undefined ? undefined : await keyIn("--sign", given.sign);
  const images = references.flatMap((reference) => parted(reference) ?? []);
  if (folder !== undefined) refuseUnwritable({ folder, system: place.system, key }, images);
  return { folder, system: place.system, key, output: given.output, images };
}

interface Found {
  readonly gate: Gate;
  readonly result: "passed" | "failed";
  readonly at: string;
  readonly seconds?: number | undefined;
}

/** Writes down what a drill has found: a file of its own, and the gate on the records of what was in use. */
export async function writeDown({ output, images, folder, ...journal }: Journal, record: object, found: Found) {
  if (output !== undefined) await writeFile(output, `${JSON.stringify(record, null, 2)}\n`);
  if (folder === undefined) return;
  const { gate, result, at, seconds } = found;
  const proof = { result, at, ...(seconds === undefined ? {} : { measured: seconds }) };
  for (const image of images) {
    const change = changeRecord({ ...journal, folder, ...image }, (one) => ({
      ...one,
      gates: { ...one.gates, [gate]: proof },
    }));
    console.log(`on record: ${await change.catch(asGivenWrongly)}`);
  }
}
