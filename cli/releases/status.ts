import { engines } from "../../components/rollout/engine/name.ts";
import { readOptions } from "../options.ts";
import { table } from "../table.ts";
import { UsageError } from "../usage.ts";
import { type Approved, approvalCell, approvedBy, recordsOf } from "./approvedBy.ts";
import { appsIn, type ReleasedApp } from "./apps.ts";
import { type AppByEngine, appsByEngine } from "./byEngine.ts";
import { placeOf, placeOptions } from "./place.ts";

const usage = `palier status [options] STACK

Says of each app of an environment which release serves, since when, and what is in flight; where the stack has palier:records, or
$PALIER_RECORDS is set, also who approved it. It asks the cluster and these records alone: no state, no engine, and nothing is changed.
  STACK                 the environment: production
  --project FOLDER      folder of Pulumi.yaml and the stack's file (default: $PULUMI_OPTION_CWD, else .)
  --context NAME        context of the kubeconfig (default: palier:context of the stack)
  --kubeconfig FILE     (default: palier:kubeconfig of the stack, else what kubectl would take)
  --namespace NAME      where the environment is (default: the project's name and the stack's: shop-production)
  --json                for tools

Exit code: 0 nothing is in flight, 1 something is, or was cut off, 2 it can't be told.`;

/** `palier status`. Resolves to the exit code. */
export async function status(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("status", argv, { ...placeOptions, json: { type: "boolean" } });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stack, ...more] = positionals;
  if (!stack || more.length > 0) throw new UsageError("name one STACK. See palier status --help.");
  const place = placeOf(stack, values);
  const { cluster } = place;
  const folder = recordsOf(place);
  const approved = (image: string | undefined) =>
    folder !== undefined && image !== undefined && { approved: approvedBy(folder, place.system, image) };
  const all = (await appsIn(cluster)).map((app) => ({
    ...{ ...app, inFlight: inFlight(app) },
    ...approved(app.history.at(-1)?.image ?? app.image),
  }));
  // What its engine has not found good yet does not serve, or not alone.
  const others = (await appsByEngine(cluster)).map((app) => ({ ...app, ...(!app.inFlight && approved(app.image)) }));
  if (all.length + others.length === 0)
    throw new UsageError(`${cluster.namespace} has no app with releases on record.`);
  if (values.json) console.log(JSON.stringify([...all.map(told), ...others.map(toldByEngine)], null, 2));
  else show(all, others);
  return all.some((app) => app.inFlight !== "") || others.some((app) => app.inFlight) ? 1 : 0;
}

type Asked = { approved?: Approved };

function show(all: Shown[], others: (AppByEngine & Asked)[]): void {
  const approvals = all.some(({ approved }) => approved) ? ["approved by"] : [];
  const head = ["app", "serves", "since", "image", ...approvals, "in flight"];
  for (const line of table(all.length > 0 ? [head, ...all.map(row)] : [])) console.log(line);
  for (const { name, engine, phase, message, asked, approved } of others) {
    const by = approved ? `; approved by ${approvalCell(approved)}` : "";
    console.log(
      `${name}: ${engines[engine].title} says ${phase}${message && ` (${message})`}${by}; ask it by ${asked}`,
    );
  }
}

function toldByEngine({ name, inFlight, phase, message, approved, ...app }: AppByEngine & Asked) {
  const state = { phase, message: message || undefined, inFlight: inFlight ? phase : undefined };
  return { app: name, ...app, approvedBy: approved?.approvedBy, ...state };
}

type Shown = ReleasedApp & Asked & { inFlight: string };

function told({ name, image, history, inFlight, approved }: Shown) {
  const serves = { ...history.at(-1), image, approvedBy: approved?.approvedBy };
  return { app: name, ...serves, inFlight: inFlight || undefined, good: history };
}

/** What is under way, or was cut off; nothing where what is wanted has the traffic and counts. */
export function inFlight({ target, committed, selected, slots, shares, next }: ReleasedApp): string {
  if (selected !== committed)
    return `${selected} has the traffic, and ${committed} is what counts: on trial, or cut off`;
  const count = (slot: string) => slots[slot] && `${slots[slot].available} of ${slots[slot].wanted} pods can serve`;
  if (target !== undefined && target !== committed) {
    const share = shares[target] ? `${Math.round(shares[target])} % of the requests` : "no traffic";
    return `${target}: ${count(target) ?? "not made yet"}, ${share}`;
  }
  if (next) {
    const share = Math.round(shares[next.slot] ?? 0);
    const how =
      share === next.share
        ? "waits for the next phase"
        : `not the ${next.share} % of its phase: on trial, or taken back`;
    return `${next.slot}: ${count(next.slot) ?? "not made yet"}, ${share} % of the requests, ${how}`;
  }
  const own = committed === undefined ? undefined : slots[committed];
  return own && own.available < own.wanted ? `${count(committed!)}` : "";
}

function row(app: Shown): string[] {
  const serves = app.history.at(-1);
  const approvals = app.approved ? [approvalCell(app.approved)] : [];
  const release = [app.name, serves?.release ?? app.committed ?? "?", serves?.at ?? "?", app.image];
  return [...release, ...approvals, app.inFlight || "nothing"];
}
