import { type RollbackDrill, rollbackDrill } from "../../core/records/rollbackDrill.ts";
import { readOptions } from "../options.ts";
import { appsIn } from "../releases/apps.ts";
import type { Place } from "../releases/place.ts";
import { inFlight } from "../releases/status.ts";
import { goBack, goForward, type Way, wayFor } from "../releases/way.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";
import { drillHelp, drillOptions, journalFor, stageFor, writeDown } from "./rehearsed.ts";

const usage = `palier drill rollback [options] STACK

Rehearses the way back: brings the release before back, as palier rollback does, and then the one that serves now forward again, as any
release goes; each is measured until it serves alone. What serves at the end is what served at the beginning.
  STACK                 the environment: staging
  --app NAME            which app (default: the only one)
  --most SECONDS        so long the way back may take at most
${drillHelp}

Exit code: 0 it went back and forth in time, 1 it did not, 2 there is no way back, or it can't be told.`;

const options = { ...drillOptions, app: { type: "string" }, most: { type: "string" } } as const;

/** `palier drill rollback`. Resolves to the exit code. */
export async function drillRollback(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("drill rollback", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const most = mostOf(values.most);
  const place = stageFor(positionals, values, "rollback");
  const way = await wayFor(place, { app: values.app });
  const journal = await journalFor(place, values, [way.serves.image]);
  const drill = await rehearse(place, way, most);
  const shown = [drill.rollbackSeconds, drill.deploySeconds].map((one) => (one === undefined ? "–" : one.toFixed(1)));
  const share = drill.deploySeconds ? (drill.rollbackSeconds / drill.deploySeconds).toFixed(2) : "–";
  const rows = [
    ["app", "back", "MTTR s", "deploy s", "MTTR/deploy"],
    [way.app, `${drill.from} → ${drill.to}`, ...shown, share],
  ];
  for (const line of table(rows)) console.log(line);
  if (drill.reason) console.error(`palier: the drill failed: ${drill.reason}.`);
  const { result, at, rollbackSeconds: seconds } = drill;
  await writeDown(journal, drill, { gate: "rollback", result, at, seconds });
  return drill.result === "passed" ? 0 : 1;
}

/** There and back again. Forward it goes even where the way back failed: a drill leaves what it found. */
async function rehearse(place: Place, way: Way, most: number | undefined): Promise<RollbackDrill> {
  const at = new Date().toISOString();
  const there = await timed(() => goBack(place, way), place, way.app, way.back.release);
  const again = await timed(() => goForward(place, way), place, way.app, way.serves.release);
  const late = most !== undefined && there.seconds > most;
  const reason = there.why ?? again.why ?? (late ? `it took ${there.seconds} s, and ${most} are allowed` : undefined);
  return rollbackDrill.parse({
    ...{ version: 1, system: place.system, environment: place.stack, app: way.app },
    ...{ from: way.serves.release, to: way.back.release, at, result: reason ? "failed" : "passed", reason },
    rollbackSeconds: there.seconds,
    ...(again.why === undefined ? { deploySeconds: again.seconds } : {}),
  });
}

async function timed(go: () => Promise<number>, place: Place, app: string, release: string) {
  const since = performance.now();
  const code = await go();
  const seconds = Math.round((performance.now() - since) / 100) / 10;
  const why = code === 0 ? await notServing(place, app, release) : `pulumi ended with ${code} on the way to ${release}`;
  return { seconds, why };
}

/** Why this release does not serve alone; undefined where it does. */
async function notServing({ cluster }: Place, name: string, release: string): Promise<string | undefined> {
  const app = (await appsIn(cluster)).find((one) => one.name === name);
  const serves = app?.history.at(-1)?.release;
  if (!app || serves !== release) return `${serves ?? "nothing"} serves, and ${release} should`;
  return inFlight(app) || undefined;
}

function mostOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const most = given.trim() === "" ? Number.NaN : Number(given);
  if (most > 0 && most <= 86_400) return most;
  throw new UsageError(`--most "${given}". Allowed: seconds above 0, to 86400.`);
}
