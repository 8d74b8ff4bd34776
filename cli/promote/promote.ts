import { rename, writeFile } from "node:fs/promises";
import { changeRecord } from "../../core/records/changeRecord.ts";
import { type Stage, stages } from "../../core/stage.ts";
import { readConfiguration } from "../inputs.ts";
import { meaningOf } from "../meaning.ts";
import { readOptions } from "../options.ts";
import { pairs } from "../pairs.ts";
import { asGivenWrongly, keyIn, parted, refuseUnwritable } from "../record/place.ts";
import { runningIn } from "../stack/running.ts";
import { imagesIn, readStackFile } from "../stack/stackFile.ts";
import { UsageError } from "../usage.ts";
import { difference, withImages } from "./change.ts";
import { gate, type Move, unverified } from "./gate.ts";
import { pulumiUp } from "./up.ts";

const usage = `palier promote [options] FROM TO [-- OPTION OF PULUMI UP…]

Moves what FROM runs and has verified to TO, through TO's gate: writes its digests under <project>:images of Pulumi.<TO>.yaml, after
showing what changes there, and nothing else. Whatever is refused is refused before anything is written.
  FROM, TO                  stacks of the project: dev staging, or staging production
  --dry-run                 says what would be refused and what would change, and writes nothing
  --up                      runs pulumi up --stack TO then, with what stands after --
  --image NAME=REFERENCE    what to move instead of what FROM runs; again for more
  --config FILE             the policy pack's configuration, with its exemptions: {"rules": {…}}
  --records FOLDER          where records are kept (default: palier:records of TO, or $PALIER_RECORDS)
  --sign FILE               private ed25519 key in PEM, for records that are signed: --up refuses those without it
  --project FOLDER          where Pulumi.yaml is (default: .)

The way around a closed window is an exemption of deploy-window in --config, with a reason, an owner and an end; going back to what
ran before needs none. Exit code: 0 done, 1 refused, or pulumi up failed, 2 what was given can't be used.`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const options = {
  "dry-run": flag,
  up: flag,
  image: { type: "string", multiple: true },
  config: text,
  records: text,
  sign: text,
  project: { ...text, default: "." },
  help: { ...flag, short: "h" },
} as const;

/** `palier promote`. Resolves to the exit code. */
export async function promote(argv: string[], now = new Date()): Promise<number> {
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const { values, positionals } = readOptions("promote", argv.slice(0, end), options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const more = argv.slice(end + 1);
  if (more.length > 0 && !values.up) throw new UsageError("what stands after -- is for pulumi up: give --up too.");
  const rules = values.config === undefined ? {} : await readConfiguration(values.config);
  const key = values.sign === undefined ? undefined : await keyIn("--sign", values.sign);
  const move = await moveOf(positionals, values, now);
  const refused = toldOf(move, rules);
  if (refused > 0) return 1;
  if (values.up) refuseUnwritable({ folder: move.records, system: move.to.file.system, key }, imagesOf(move));
  const done = await write(move, values["dry-run"] ?? false);
  if (!done) return 0;
  const { project } = values;
  if (!values.up) {
    console.log(`Next: ${project === "." ? "" : `cd ${project} && `}pulumi up --stack ${move.to.stack}`);
    return 0;
  }
  const code = await pulumiUp(project, move.to.stack, more);
  if (code === 0) await noteReleased(move, key);
  return code === 0 ? 0 : 1;
}

interface Given {
  readonly image?: string[];
  readonly records?: string;
  readonly project: string;
}

async function moveOf(positionals: readonly string[], given: Given, now: Date): Promise<Move> {
  const [from, to, ...others] = positionals;
  if (!from || !to || others.length > 0)
    throw new UsageError("name two environments: palier promote staging production.");
  const [source, target] = [stageOf(from, given.project), stageOf(to, given.project)];
  if (source === "review" || stages.indexOf(source) >= stages.indexOf(target) || target === "review")
    throw new UsageError(`nothing is moved from ${from} to ${to}: from dev to staging, or from staging to production.`);
  const file = await readStackFile(given.project, to);
  const images = given.image
    ? Object.fromEntries(pairs("--image", given.image))
    : (await runningIn(given.project, from)).images;
  if (Object.keys(images).length === 0) {
    throw new UsageError(`${from} says of no image that it runs it: export image or images there, or give --image.`);
  }
  const configured = file.config["palier:records"];
  const records = given.records ?? (typeof configured === "string" ? configured : process.env["PALIER_RECORDS"]);
  if (!records)
    throw new UsageError(`--records is missing: the folder of records, palier:records of ${to}, or $PALIER_RECORDS.`);
  return { from: { stack: from, stage: source }, to: { stack: to, stage: target, file }, images, records, now };
}

function stageOf(stack: string, project: string): Stage {
  const stage = meaningOf(stack, project === "." ? undefined : project);
  if (stage) return stage;
  throw new UsageError(`"${stack}" stands for no environment: dev, staging, production, or a name of one.`);
}

/** Says all that is against it, and what is only advised; how much is against it. */
function toldOf(move: Move, rules: object): number {
  const own = unverified(move);
  const { refused, advised, exemptions, problems } = gate(move, imagesIn(move.to.file), rules);
  if (problems.length > 0) throw new UsageError(`--config: ${problems.join(" ")}`);
  for (const line of exemptions) console.log(`exempt   ${line}`);
  for (const line of advised) console.log(`advised  ${line}`);
  for (const line of [...own, ...refused]) console.error(`refused  ${line}`);
  const count = own.length + refused.length;
  if (count > 0) console.error(`palier: ${move.to.stack} stays as it is: ${count} refused.`);
  return count;
}

/** Shows what changes, and writes it whole; whether there is something to bring up. */
async function write({ from, to, images }: Move, dry: boolean): Promise<boolean> {
  const after = withImages(to.file.text, to.file.system, images);
  const lines = difference(to.file.text, after);
  if (lines.length === 0) console.log(`${to.file.file} names what ${from.stack} runs already.`);
  else console.log([`${to.file.file}:`, ...lines.map((line) => `  ${line}`)].join("\n"));
  if (dry) {
    console.log("Nothing was written (--dry-run).");
    return false;
  }
  if (lines.length > 0) {
    await writeFile(`${to.file.file}.new`, after);
    await rename(`${to.file.file}.new`, to.file.file);
  }
  return true;
}

const imagesOf = ({ images }: Pick<Move, "images">) =>
  Object.values(images).flatMap((reference) => parted(reference) ?? []);

/** What went where, so that the way back to it is known. */
async function noteReleased({ to, images, records }: Move, key: string | undefined): Promise<void> {
  const environment = to.stage === "production" ? "production" : "staging";
  for (const image of imagesOf({ images })) {
    const place = { folder: records, system: to.file.system, ...image, key };
    const at = new Date().toISOString();
    await changeRecord(place, (record) => ({
      ...record,
      released: [...record.released, { environment, at }],
    })).catch(asGivenWrongly);
  }
}
