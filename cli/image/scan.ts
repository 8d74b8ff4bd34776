import { changeRecord } from "../../core/records/changeRecord.ts";
import { UnusableRecord } from "../../core/records/recordFolder.ts";
import { UsageError } from "../usage.ts";
import type { Plan } from "./plan.ts";
import { Failed, run } from "./run.ts";

/** Whether a scan found nothing in an image that is in its registry; the answer goes on the release record of its digest. */
export async function scanned(
  command: string,
  reference: string,
  record: Plan["record"],
  say: (line: string) => void,
): Promise<boolean> {
  const [program = "", ...words] = command.trim().split(/\s+/);
  const clean = await run(program, [...words, reference], say).then(
    () => true,
    (error: Error) => {
      if (error instanceof Failed && error.code !== null) return false;
      throw new UsageError(`--scan "${program}" can't be run: ${error.message}`);
    },
  );
  if (record) await written(record, reference, clean);
  return clean;
}

async function written(
  { folder, system }: NonNullable<Plan["record"]>,
  reference: string,
  clean: boolean,
): Promise<void> {
  const [image, digest] = reference.split("@") as [string, string];
  const scan = { result: clean ? ("passed" as const) : ("failed" as const), at: new Date().toISOString() };
  await changeRecord({ folder, system, image, digest }, (known) => ({
    ...known,
    gates: { ...known.gates, scan },
  })).catch((error: unknown) => {
    throw error instanceof UnusableRecord ? new UsageError(`${error.message}.`) : error;
  });
}
