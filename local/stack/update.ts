import { LocalError, type Step } from "../steps.ts";
import { countEvent, newTally, parseEvent, type Tally } from "./engine-events.ts";
import { explain, type Pulumi, runPulumi } from "./pulumi.ts";

/** Runs `pulumi up` (its preview first, policies on), or the preview alone, and shows each resource as it gets done. */
export async function update(step: Step, pulumi: Pulumi, stack: string, { preview = false } = {}): Promise<Tally> {
  const tally = newTally();
  const args = preview ? ["preview", "--json"] : ["up", "--yes", "--json"];
  const streaming = { ...pulumi.env, PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
  const run = await runPulumi({ ...pulumi, env: streaming }, [...args, "--stack", stack], {
    onLine: (line) => {
      const event = parseEvent(line);
      const shown = event && countEvent(tally, event);
      if (shown) step.say(shown);
      if (tally.planned > 0) step.progress(tally.finished, tally.planned);
    },
  });
  if (run.code !== 0) throw failure(stack, tally, run.stderr, args);
  for (const line of tally.advice) step.say(`note: ${line}`);
  return tally;
}

function failure(stack: string, tally: Tally, stderr: string, args: string[]): LocalError {
  // The program's own failure also ends in this line, which says nothing.
  const problems = tally.problems.filter(
    (line) => !/^(update|preview) failed$|exited with non-zero exit code/.test(line),
  );
  if (problems.length === 0 || stderr.includes("incorrect passphrase"))
    return explain(args, stderr || tally.problems.join("\n"));
  const list = problems.map((line) => `  - ${line.replaceAll("\n", "\n    ")}`).join("\n");
  const next = "mend what it names, then run the same command again; it goes on from there.";
  return new LocalError(`pulumi ${args[0]} of ${stack} stopped:\n${list}`, next);
}
