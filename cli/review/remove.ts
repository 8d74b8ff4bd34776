import { heldBy } from "../promote/locked.ts";
import { type Place, runPulumi } from "../stack/runPulumi.ts";

/** Destroys all that a review has, and forgets its stack. Why it could not, in words; undefined where it is gone. */
export async function remove(place: Place, stack: string): Promise<string | undefined> {
  const options = ["--yes", "--skip-preview", "--remove", "--stack", stack];
  const { code, output, errors } = await runPulumi(place, ["destroy", ...options]);
  if (code === 0) return undefined;
  const said = `${output}\n${errors}`;
  const lines = said.split("\n").flatMap((line) => line.match(/error: .*/)?.[0] ?? []);
  return heldBy(said, stack, new Date()) ?? lines.at(-1) ?? `pulumi destroy ended with ${code}`;
}
