import { z } from "zod";
import { type Found, found, unanswered } from "./found.ts";

const answered = z.array(z.object({ labels: z.record(z.string(), z.string()) }));

/** Whether an Alertmanager is quiet: of a namespace, where one is named. What has the severity `none` is a sign of life. */
export async function alertsQuiet(alertmanager: URL, timeoutMs: number, namespace?: string): Promise<Found> {
  const url = new URL(`${alertmanager.pathname.replace(/\/$/, "")}/api/v2/alerts`, alertmanager);
  for (const [name, value] of Object.entries({ active: "true", silenced: "false", inhibited: "false" }))
    url.searchParams.set(name, value);
  if (namespace !== undefined) url.searchParams.append("filter", `namespace="${namespace}"`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) return found("alerts", false, `the Alertmanager answered ${response.status}`);
    const read = answered.safeParse(await response.json().catch(() => undefined));
    if (!read.success) return found("alerts", false, "what answered is no Alertmanager");
    const firing = read.data.map(({ labels }) => labels).filter(({ severity }) => severity !== "none");
    const names = [...new Set(firing.map(({ alertname = "an alert" }) => alertname))];
    return found("alerts", names.length === 0, names.length === 0 ? "quiet" : `firing: ${names.join(", ")}`);
  } catch (error) {
    return found("alerts", false, `the Alertmanager ${unanswered(error)}`);
  }
}
