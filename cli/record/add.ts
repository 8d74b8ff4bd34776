import { changeRecord } from "../../core/records/changeRecord.ts";
import { gates } from "../../core/records/releaseRecord.ts";
import { readOptions } from "../options.ts";
import { refuseUserinfo } from "../userinfo.ts";
import { withFacts } from "./facts.ts";
import { asGivenWrongly, imageOf, keyIn, placeHelp, placeOf, placeOptions } from "./place.ts";

const usage = `palier record add [options] IMAGE

Writes what is known of an image into its release record: JSON by digest, in a folder that a team shares.
  IMAGE                     its reference, with digest: registry.example/shop/api@sha256:…
${placeHelp}
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
  ...placeOptions,
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
} as const;

/** `palier record add`. Resolves to the exit code. */
export async function addToRecord(argv: string[], now = new Date()): Promise<number> {
  const { values, positionals } = readOptions("record add", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  refuseUserinfo("--run", values.run);
  const named = imageOf(positionals);
  const place = placeOf(values);
  const key = values.sign === undefined ? undefined : await keyIn("--sign", values.sign);
  const fact = { at: now.toISOString(), ...(values.run ? { run: values.run } : {}) };
  const change = changeRecord({ ...place, ...named, key }, (record) => withFacts(record, values, fact));
  console.log(await change.catch(asGivenWrongly));
  return 0;
}
