import { readFile } from "node:fs/promises";
import { changeRecord } from "../core/records/changeRecord.ts";
import { UnusableRecord } from "../core/records/recordFolder.ts";
import { gates } from "../core/records/releaseRecord.ts";
import { readOptions } from "./options.ts";
import { withFacts } from "./recordFacts.ts";
import { cantRead, UsageError } from "./usage.ts";

const usage = `palier release record [options] IMAGE

Writes what is known of an image into its release record: JSON by digest, in a folder that a team shares.
  IMAGE                     its reference, with digest: registry.example/shop/api@sha256:…
  --system NAME             the Pulumi project
  --records FOLDER          where records are kept (default: $PALIER_RECORDS)
  --gate NAME=RESULT        passed or failed; a percentage for coverage, a count of what is critical for scan and audit; again for more
                            (${gates.join(", ")})
  --drill FILE              what a drill has written beside the backups: the gate backup, as of when it began
  --verified-in NAME        environment in which it was found healthy: staging
  --flag NAME=on|off        a feature flag with which it ran there; again for more
  --approved-by NAME        somebody who answers for the release
  --released-to NAME        environment that it went to: production
  --project FOLDER          whose Pulumi.yaml or stack file says what names of its own mean (default: ., where it has one)
  --commit, --author, --change-document, --rollback-plan
                            what it is; the documents are files that are there, or addresses
  --third-party             an image made by others: only a scan is asked of it
  --run ADDRESS             where to read more: the CI run
  --sign FILE               private ed25519 key in PEM; a record that is signed can only be changed with it

An unsigned record is worth what the rights on its folder are worth: whoever can write there can write anything.
Exit code: 0 written, 2 what was given can't be used.`;

const text = { type: "string" } as const;
const texts = { type: "string", multiple: true } as const;
const options = {
  system: text,
  records: text,
  gate: texts,
  drill: text,
  "verified-in": text,
  flag: texts,
  "approved-by": texts,
  "released-to": text,
  project: text,
  commit: text,
  author: text,
  "change-document": text,
  "rollback-plan": text,
  "third-party": { type: "boolean" },
  run: text,
  sign: text,
  help: { type: "boolean", short: "h" },
} as const;

/** `palier release record`. Resolves to the exit code. */
export async function releaseRecord(argv: string[], now = new Date()): Promise<number> {
  const { values, positionals } = readOptions("release record", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { image, digest } = imageOf(positionals);
  const folder = values.records ?? process.env["PALIER_RECORDS"];
  if (!folder) throw new UsageError("--records is missing: the folder of records, or $PALIER_RECORDS.");
  if (!values.system) throw new UsageError("--system is missing: the name of the Pulumi project.");
  const key = values.sign && (await readFile(values.sign, "utf8").catch(() => cantRead("--sign", values.sign!)));
  const fact = { at: now.toISOString(), ...(values.run ? { run: values.run } : {}) };
  const place = { folder, system: values.system, image, digest, key };
  const file = await changeRecord(place, (record) => withFacts(record, values, fact)).catch((error: unknown) => {
    throw error instanceof UnusableRecord ? new UsageError(`${error.message}.`) : error;
  });
  console.log(file);
  return 0;
}

function imageOf(positionals: string[]): { image: string; digest: string } {
  const [reference = ""] = positionals;
  const [, image, digest] = /^([^@\s]+)@(sha256:[0-9a-f]{64})$/.exec(reference) ?? [];
  if (positionals.length === 1 && image && digest) return { image, digest };
  throw new UsageError(
    `IMAGE "${positionals.join(" ")}" is not one reference with its digest: name@sha256:<64 digits>.`,
  );
}
