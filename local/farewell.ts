import { release } from "../policies/release/index.ts";
import { rules } from "../policies/themes.ts";
import type { Wish } from "./arguments.ts";
import { describeChanges, type Tally, total } from "./stack/engine-events.ts";
import type { Outputs } from "./stack/release.ts";

/** The last words of a start: what came of it, where it answers, and what to do next. */
export function farewell(wish: Wish, tally: Tally, { url, health }: Outputs, healthy: boolean): string {
  const name = `${wish.system.name} ${wish.environment}`;
  if (wish.preview) return `\nPreview of ${name}: ${planOf(tally)}. ${judgedOf(tally)} Nothing was touched.`;
  const changes = total(tally.changes) === 0 ? "nothing changed" : describeChanges(tally.changes);
  const lines = [`\n${name} is up${healthy ? " and healthy" : ""}: ${changes}.`];
  if (url) lines.push("", `  ${url}`, "", `  curl -s ${new URL(health ?? "", url).href}     # asks all that it needs`);
  return [...lines, "", "Next:", ...nextLines(wish)].join("\n");
}

function planOf({ changes }: Tally): string {
  const parts = Object.entries(changes).map(([op, count]) => `${count} to ${op}`);
  return parts.join(", ") || "nothing would change";
}

function judgedOf({ declared }: Tally): string {
  return `${declared} resources were judged by ${rules.length + release.length} rules.`;
}

function nextLines({ system, environment }: Wish): string[] {
  const beside =
    environment === "dev"
      ? [`  npm start -- ${system.name} staging      the same digest in an environment beside it`]
      : [];
  return [
    ...beside,
    '  eval "$(npm run -s env)"        pulumi and kubectl as in their own manuals',
    "  npm test                        proves it, on a node of its own",
    "  npm run doctor                  what this run stands on",
    "  npm stop                        stops the node and keeps the data",
  ];
}
