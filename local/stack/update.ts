import { LocalError, type Step } from "../steps.ts";
import { askCrowded } from "./crowded.ts";
import { countEvent, newTally, parseEvent, type Tally, total } from "./engine-events.ts";
import type { Place } from "./place.ts";
import { explain, type Pulumi, runPulumi } from "./pulumi.ts";

interface Wish {
  /** Only shows what would change. */
  preview?: boolean;
  /** The stack has no resources: a preview could only say so, and policies judge each one before it is made. */
  empty?: boolean;
  /** Where its pods may find no room. */
  place: Place;
}

/**
 * Previews, and where anything would change runs `pulumi up`; policies judge both. The two apart instead of one `up`: where
 * nothing changes, half the time.
 */
export async function update(
  step: Step,
  pulumi: Pulumi,
  stack: string,
  { preview, empty, place }: Wish,
): Promise<Tally> {
  const up = ["up", "--yes", "--skip-preview"];
  if (empty && !preview) return tellAdvice(step, await runEngine(step, pulumi, stack, up, newTally(), place));
  const plan = await runEngine(step, pulumi, stack, ["preview"], newTally());
  const changes = total(plan.changes);
  if (preview || (changes === 0 && !plan.otherOutputs)) return tellAdvice(step, plan);
  step.say(`the preview finds ${changes} to change`);
  return tellAdvice(step, await runEngine(step, pulumi, stack, up, newTally(changes), place));
}

async function runEngine(
  step: Step,
  pulumi: Pulumi,
  stack: string,
  args: string[],
  tally: Tally,
  place?: Place,
): Promise<Tally> {
  const streaming = { ...pulumi.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
  const waiting = sayWaiting(step, tally, place);
  const run = await runPulumi({ ...pulumi, env: streaming }, [...args, "--json", "--stack", stack], {
    onLine: (line) => {
      const event = parseEvent(line);
      const shown = event && countEvent(tally, event);
      if (shown) step.say(shown);
      // Without a plan, what is known so far: the engine learns of resources as the program goes on.
      const all = tally.planned || tally.finished + tally.running.size;
      if (args[0] === "up" && all > 0) step.progress(tally.finished, all);
    },
  }).finally(() => clearInterval(waiting));
  if (run.code !== 0) throw failure(stack, tally, run.stderr, args);
  return tally;
}

/** Says what is being waited for, and where a pod has no place why, each time that has stayed the same for a while and is not said yet. */
function sayWaiting(step: Step, tally: Tally, place?: Place): NodeJS.Timeout {
  let seen = "";
  const said = new Set<string>();
  const once = (line: string) => {
    if (!said.has(line)) step.say(line);
    said.add(line);
  };
  const look = async () => {
    const now = [...tally.running].join(", ");
    const same = now !== "" && now === seen;
    seen = now;
    if (!same) return;
    once(`waiting for ${now}`);
    // Why it waits is beside the point where the cluster doesn't tell.
    const why = place && (await askCrowded(place.target, place.namespace).catch(() => undefined));
    if (why) once(why);
  };
  return setInterval(look, 10_000).unref();
}

/** Advice as one line each; the first sentence tells which, and `pulumi preview` shows all of it. */
function tellAdvice(step: Step, tally: Tally): Tally {
  for (const [line, same] of Map.groupBy(tally.advice, (line) => line.split("\n")[0])) {
    step.say(`note: ${line}${same.length > 1 ? ` (${same.length} times)` : ""}`);
  }
  return tally;
}

/** What the engine says at the end of every failure, and the frames of a stack trace: neither helps. */
const noise = /^(update|preview) failed$|exited with non-zero exit code/;
const frame = /^\s+at .*(:\d+:\d+\)?|<anonymous>\)?)( \{)?$/;

function failure(stack: string, tally: Tally, stderr: string, args: string[]): LocalError {
  const problems = tally.problems.filter((line) => !noise.test(line)).map(withoutFrames);
  if (problems.length === 0 || stderr.includes("incorrect passphrase")) {
    return explain(args, stderr || tally.problems.join("\n"));
  }
  const list = problems.map((line) => `  - ${line.replaceAll("\n", "\n    ")}`).join("\n");
  const next = "mend what it names, then run the same command again; it goes on from there.";
  return new LocalError(`pulumi ${args[0]} of ${stack} stopped:\n${list}`, next);
}

function withoutFrames(text: string): string {
  const lines = text.split("\n").filter((line) => !frame.test(line) && line.trim() !== "");
  return lines.join("\n");
}
