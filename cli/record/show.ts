import { readReleaseRecord, usableRecords } from "../../core/records/recordFolder.ts";
import type { ReleaseRecord } from "../../core/records/releaseRecord.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { asGivenWrongly, imageOf, placeHelp, placeOf, placeOptions } from "./place.ts";
import { linesOf, releaseLine } from "./tell.ts";

const usage = `palier record show [options] [IMAGE]

Prints the release record of an image, or one line for each of a system's, the latest last.
  IMAGE                     its reference, with digest; or instead, one or more of:
  --commit SHA              those of a commit, or of what it begins with
  --released-to NAME        of each image the one that went there last: staging or production
  --previous                with --released-to: the one before that, of another digest
  --repository NAME         those of an image by this name, without digest
  --reference               prints nothing but references, one a line: for a pipeline
  --json                    prints records as they are
${placeHelp}

Exit code: 0 printed, 1 there is none, 2 what was given can't be used.`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const options = {
  ...placeOptions,
  commit: text,
  "released-to": text,
  previous: flag,
  repository: text,
  reference: flag,
  json: flag,
} as const;

interface Given {
  readonly commit?: string;
  readonly "released-to"?: string;
  readonly repository?: string;
  readonly previous?: boolean;
}

/** `palier record show`. Resolves to the exit code. */
export async function showRecord(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("record show", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const place = placeOf(values);
  const whole = positionals.length > 0;
  const found = whole
    ? one(place, imageOf(positionals).digest)
    : chosen(usableRecords(place.folder, place.system), values);
  if (found.length === 0) {
    console.error(`palier: there is no such record of ${place.system} in ${place.folder}.`);
    return 1;
  }
  if (values.reference) console.log(found.map(({ image, digest }) => `${image}@${digest}`).join("\n"));
  else if (values.json) console.log(JSON.stringify(whole ? found[0] : found, null, 2));
  else console.log(found.flatMap((record) => (whole ? linesOf(record) : [releaseLine(record)])).join("\n"));
  return 0;
}

function one({ folder, system }: { folder: string; system: string }, digest: string): ReleaseRecord[] {
  try {
    return [readReleaseRecord(folder, system, digest) ?? []].flat();
  } catch (error) {
    return asGivenWrongly(error);
  }
}

function chosen(records: readonly ReleaseRecord[], given: Given): ReleaseRecord[] {
  const { commit, repository } = given;
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/.test(commit))
    throw new UsageError(`--commit "${commit}". Allowed: 7 to 64 digits 0–9 a–f.`);
  const of = records
    .filter(
      (record) => commit === undefined || record.commit?.startsWith(commit) || commit.startsWith(record.commit ?? "-"),
    )
    .filter(({ image }) => repository === undefined || image === repository);
  const environment = environmentOf(given["released-to"]);
  if (given.previous && !environment) throw new UsageError("--previous goes with --released-to.");
  return environment ? lastTo(of, environment, given.previous ? 1 : 0) : of.sort((a, b) => latest(a) - latest(b));
}

function environmentOf(name: string | undefined): "staging" | "production" | undefined {
  if (name === undefined || name === "staging" || name === "production") return name;
  throw new UsageError(`--released-to "${name}". Allowed: staging, production.`);
}

/** Of each image the one that went there last, or so many before it. */
function lastTo(records: readonly ReleaseRecord[], environment: string, back: number): ReleaseRecord[] {
  const when = ({ released }: ReleaseRecord) =>
    Math.max(...released.filter((one) => one.environment === environment).map(({ at }) => Date.parse(at)));
  const went = records.filter(({ released }) => released.some((one) => one.environment === environment));
  const newest = Object.groupBy(
    [...went].sort((a, b) => when(b) - when(a)),
    ({ image }) => image,
  );
  return Object.values(newest).flatMap((of) => of?.[back] ?? []);
}

/** When something was last written down of it. */
function latest({ gates, verified, approvals, released }: ReleaseRecord): number {
  const facts = [...Object.values(gates), ...Object.values(verified), ...approvals, ...released];
  return Math.max(0, ...facts.map(({ at }) => Date.parse(at)));
}
