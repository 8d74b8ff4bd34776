import { UsageError } from "../usage.ts";
import { askPulumi } from "./runPulumi.ts";
import { imagesIn, isMap, ownImages, readStackFile, type StackFile } from "./stackFile.ts";

/** What a stack's last update left. */
export interface Running {
  readonly file: StackFile;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The system's own images, by their key under `<project>:images`. */
  readonly images: Readonly<Record<string, string>>;
}

/** Asks Pulumi what a stack runs: its outputs `images` or `image`, else what its stack file names. */
export async function runningIn(project: string, stack: string): Promise<Running> {
  const file = await readStackFile(project, stack);
  const told = await askPulumi({ folder: project }, ["stack", "output", "--json", "--stack", stack]);
  const outputs = objectIn(told, stack);
  return { file, outputs, images: ownImages(imagesOf(outputs, imagesIn(file))) };
}

function imagesOf(
  outputs: Readonly<Record<string, unknown>>,
  named: Readonly<Record<string, string>>,
): Record<string, string> {
  const { image, images } = outputs;
  const own = Object.keys(ownImages(named));
  if (isMap(images)) {
    return Object.fromEntries(
      Object.entries(images).filter((one): one is [string, string] => typeof one[1] === "string"),
    );
  }
  if (typeof image === "string") return { [own.length === 1 ? own[0]! : "api"]: image };
  return named;
}

function objectIn(text: string, stack: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isMap(value)) return value;
  } catch {}
  throw new UsageError(`pulumi stack output of ${stack} is no JSON.`);
}

/** An output that is text; undefined for any other. */
export function textOf(outputs: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = outputs[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
