import { spawn } from "node:child_process";
import { wayBack } from "../../core/records/history.ts";
import { readOptions } from "../options.ts";
import { UsageError } from "../usage.ts";
import { appsIn, type ReleasedApp } from "./apps.ts";
import { type Place, placeOf, placeOptions } from "./place.ts";

const usage = `palier rollback [options] STACK [RELEASE]

Brings a release back that was found good: writes its image into the stack's configuration and runs pulumi up --refresh.
No migration runs. What a migration has taken away since can't be missed: that is refused before anything is done.
  STACK                 the environment: production
  RELEASE               which one, as palier status tells (default: the one before)
  --app NAME            which app (default: the only one)
  --plan                only says what would be done
  --project FOLDER, --context NAME, --kubeconfig FILE, --namespace NAME
                        as of palier status

Exit code: 0 it serves, 2 it can't come back, else that of pulumi.`;

const options = { ...placeOptions, app: { type: "string" }, plan: { type: "boolean" } } as const;

/** `palier rollback`. Resolves to the exit code. */
export async function rollback(argv: string[]): Promise<number> {
  const { values, positionals } = readOptions("rollback", argv, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [stack, release, ...more] = positionals;
  if (!stack || more.length > 0)
    throw new UsageError("name one STACK, and one RELEASE at most. See palier rollback --help.");
  const place = placeOf(stack, values);
  const app = appOf(await appsIn(place.cluster), values.app);
  const back = wayBack(app.history, release);
  if (typeof back === "string") throw new UsageError(`${app.name}: ${back}.`);
  const path = pathOfImage(place, app.image);
  console.log(
    `${app.name}: ${app.history.at(-1)?.release} → ${back.release}, which was found good at ${back.at}: ${path}`,
  );
  if (values.plan) return 0;
  const pulumi = (...args: string[]) => run(place, [...args, "--stack", stack]);
  const set = await pulumi("config", "set", "--path", path, back.image);
  const kept = set || (await pulumi("config", "set", "palier:rolledBack", listed(place, back.release)));
  return kept || pulumi("up", "--yes", "--skip-preview", "--refresh");
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

function listed({ config }: Place, release: string): string {
  const before = String(config["palier:rolledBack"] ?? "").split(",");
  return [...new Set([...before, release])].filter(Boolean).join(",");
}

function run({ folder }: Place, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { cwd: folder, stdio: "inherit" });
    child.once("error", () => reject(new UsageError("pulumi is not on the PATH.")));
    child.once("close", (code) => resolve(code ?? 1));
  });
}
