import { changeRecord } from "../../core/records/changeRecord.ts";
import { readReleaseRecord } from "../../core/records/recordFolder.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { asGivenWrongly, imageOf, keyIn, placeHelp, placeOf, placeOptions } from "./place.ts";

const usage = `palier record sign --key FILE [options] IMAGE

Signs the release record of an image as it is. From then on it is changed with the same key alone: palier record add … --sign FILE.
  IMAGE                     its reference, with digest
  --key FILE                private ed25519 key in PEM: openssl genpkey -algorithm ed25519
${placeHelp}

Exit code: 0 signed, 2 what was given can't be used.`;

const options = { ...placeOptions, key: { type: "string" } } as const;

/** `palier record sign`. Resolves to the exit code. */
export async function signRecord(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("record sign", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const named = imageOf(positionals);
  const place = placeOf(values);
  if (values.key === undefined) throw new UsageError("--key is missing: a private ed25519 key in PEM.");
  const key = await keyIn("--key", values.key);
  if (!present(place, named.digest)) throw new UsageError("there is no record to sign: palier record add begins one.");
  console.log(await changeRecord({ ...place, ...named, key }, (record) => record).catch(asGivenWrongly));
  return 0;
}

function present({ folder, system }: { folder: string; system: string }, digest: string): boolean {
  try {
    return readReleaseRecord(folder, system, digest) !== undefined;
  } catch (error) {
    return asGivenWrongly(error);
  }
}
