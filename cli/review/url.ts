import { askPulumi, type Place, runPulumi } from "../stack/runPulumi.ts";
import { tags } from "./stacks.ts";
import type { Template } from "./template.ts";

/** Where a review is found, written beside its end: the template's address, else the stack's output `url`. */
export async function toldUrl(place: Place, stack: string, { own }: Template): Promise<string | undefined> {
  const url = own.url ?? (await outputOf(place, stack));
  if (url !== undefined) await askPulumi(place, ["stack", "tag", "set", tags.url, url, "--stack", stack]);
  return url;
}

async function outputOf(place: Place, stack: string): Promise<string | undefined> {
  const { code, output } = await runPulumi(place, ["stack", "output", "--json", "--stack", stack]);
  try {
    const { url } = JSON.parse(output) as { url?: unknown };
    return code === 0 && typeof url === "string" && url !== "" ? url : undefined;
  } catch {
    return undefined;
  }
}
