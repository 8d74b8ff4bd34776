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
  return { app: app.name, serves: app.history.at(-1)!, back, path: pathOfImage(place, app.name, app.image) };
}

function appOf(apps: ReleasedApp[], name: string | undefined): ReleasedApp {
  const names = apps.map((one) => one.name).join(", ") || "none";
  const [found, ...others] = name === undefined ? apps : apps.filter((one) => one.name === name);
  if (!found) throw new UsageError(`there is no app "${name ?? ""}" with releases on record; there are: ${names}.`);
  if (others.length > 0) throw new UsageError(`there are several apps, ${names}: --app says which.`);
  return found;
}

/** Where the stack's configuration has the image that an app serves: `shop:images.api`. Of several places, the app's own. */
function pathOfImage({ config, stack }: Place, app: string, image: string): string {
  const all = Object.entries(config).flatMap(([key, value]) => {
    if (value === image) return { path: key, name: key.slice(key.indexOf(":") + 1) };
    const inner = Object.entries(typeof value === "object" && value !== null ? value : {});
    return inner.filter(([, one]) => one === image).map(([name]) => ({ path: `${key}.${name}`, name }));
  });
  const [first, ...others] = all;
  const own = all.filter(({ name }) => name === app);
  const found = others.length === 0 ? first : own.length === 1 ? own[0] : undefined;
  if (found) return found.path;
  const [file, away] = [`Pulumi.${stack}.yaml`, "set the image of before where yours comes from, then pulumi up"];
  throw new UsageError(
    first
      ? `${file} names ${image} at ${all.map(({ path }) => path).join(", ")}, and none of them alone is named as the app, ${app}: ${away}.`
      : `${file} names ${image} nowhere: ${away}.`,
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
