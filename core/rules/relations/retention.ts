import type { Field } from "../reading/field.ts";
import type { KubernetesObject } from "../reading/kubernetesObject.ts";
import { labelled } from "./backups.ts";

/** How long a backup says it is kept, in days: `stated` where it says so in other terms, undefined where it does not. */
export function retentionDays(
  job: KubernetesObject,
  command: string,
  variables: readonly (readonly [name: string, value: Field])[],
): number | "stated" | undefined {
  const label = labelled(job, "palier.dev/retention-days");
  if (!label.absent) return label.text === undefined ? "stated" : Number(label.text);
  const named = variables.filter(([name]) => /RETENTION|RETAIN|KEEP|EXPIRE|PRUNE/i.test(name));
  const inDays = named.find(([name, { text }]) => /DAY|DAILY/i.test(name) && /^\d+$/.test(text ?? ""));
  if (inDays) return Number(inDays[1].text);
  const option = /--keep-daily[= ](\d+)|--keep-within[= ](\d+)d\b|-mtime \+(\d+)|--older-than[= ](\d+)d/.exec(command);
  if (option) return Number(option.slice(1).find((one) => one !== undefined));
  return named.length > 0 || /--keep-|\bretain\b|--retention|--expire|lifecycle/.test(command) ? "stated" : undefined;
}
