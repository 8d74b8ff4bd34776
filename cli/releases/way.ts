import { spawn } from "node:child_process";
import { type GoodRelease, wayBack } from "../../core/records/history.ts";
import { pulumiUp } from "../promote/up.ts";
import { UsageError } from "../usage.ts";
import { appsIn, type ReleasedApp } from "./apps.ts";
import { appsByEngine, elsewhere } from "./byEngine.ts";
import type { Place } from "./place.ts";

/** From the release that serves to an earlier one. */
export interface Way {
  readonly app: string;
  readonly serves: GoodRelease;
  readonly back: GoodRelease;
  /** Where the stack's configuration has the image: `shop:images.api`. */
  readonly path: string;
}

interface Wish {
  readonly app?: string | undefined;
  readonly release?: string | undefined;
}

/** Asks the cluster which way there is. Throws {@link UsageError} where there is none. */
export async function wayFor(place: Place, { app: name, release }: Wish): Promise<Way> {
  const apps = await appsIn(place.cluster);
  const others = await appsByEngine(place.cluster);
  const other =
    others.find((one) => one.name === name) ?? (name === undefined && apps.length === 0 ? others[0] : undefined);
  if (other) throw new UsageError(`${elsewhere(other)}.`);
  const app = appOf(apps, name);
  const back = wayBack(app.history, release);
  if (typeof back === "string") throw new UsageError(`${app.name}: ${back}.`);
  return { app: app.name, serves: app.history.at(-1)!, back, path: pathOfImage(place, app.image) };
}

function appOf(apps: ReleasedApp[], name: string | undefined): ReleasedApp {
  const names = apps.map((one) => one.name).join(", ") || "none";
  const [found, ...others] = name === undefined ? apps : apps.filter((one) => one.name === name);
  if (!found) throw new UsageError(`there is no app "${name ?? ""}" with releases on record; there are: ${names}.`);
  if (others.length > 0) throw new UsageError(`there are several apps, ${names}: --app says which.`);
  return found;
}

/** Where the stack's configuration has the image that serves: `shop:images.api`. */
export function pathOfImage({ config, stack }: Pick<Place, "config" | "stack">, image: string): string {
  for (const [key, value] of Object.entries(config)) {
    if (value === image) return key;
    const inner = Object.entries(typeof value === "object" && value !== null ? value : {});
    const found = inner.find(([, one]) => one === image);
    if (found) return `${key}.${found[0]}`;
  }
  throw new UsageError(
    `Pulumi.${stack}.yaml names ${image} nowhere: set the image of before where yours comes from, then pulumi up.`,
  );
}

const listKey = "palier:rolledBack";

/** Goes back: no migration of that release runs, then or later. Resolves to the exit code of pulumi. */
export function goBack(place: Place, { path, back }: Way): Promise<number> {
  const before = String(place.config[listKey] ?? "").split(",");
  return put(place, path, back.image, [...new Set([...before, back.release])].filter(Boolean).join(","));
}

/** Goes forward again to what served, as it is released. */
export function goForward(place: Place, { path, serves }: Way): Promise<number> {
  const before = place.config[listKey];
  return put(place, path, serves.image, before === undefined ? undefined : String(before));
}

async function put(place: Place, path: string, image: string, list: string | undefined): Promise<number> {
  const pulumi = (...args: string[]) => run(place, [...args, "--stack", place.stack]);
  const set = await pulumi("config", "set", "--path", path, image);
  const kept = list === undefined ? ["config", "rm", listKey] : ["config", "set", listKey, list];
  return (
    set || (await pulumi(...kept)) || pulumiUp(place.folder, place.stack, ["--yes", "--skip-preview", "--refresh"])
  );
}

function run({ folder }: Place, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { cwd: folder, stdio: "inherit" });
    child.once("error", () => reject(new UsageError("pulumi is not on the PATH.")));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
