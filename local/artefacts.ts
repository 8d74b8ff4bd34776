import { existsSync } from "node:fs";
import { join } from "node:path";
import { files } from "../cli/artefacts/files.ts";
import { type Place, placeOf } from "../cli/artefacts/place.ts";
import { readCommands } from "../cli/artefacts/runbook/commands.ts";
import { render } from "../render/render.ts";
import {
  configuredOf,
  environments,
  imagesOf,
  type SystemName,
  systemNames,
  trackedConfigOf,
} from "../test/systems.ts";

/** Of what `palier artefacts` makes of a system, by its place there: what is kept here, for readers. */
const kept: Readonly<Partial<Record<SystemName, readonly string[]>>> = {
  avnir: ["staging/vercel.json", "production/vercel.json"],
  mecapy: ["staging/vercel.json", "production/vercel.json"],
  yonima: ["eas.json", "mobile.yml"],
};

const keptOfAll = ["production/dns.json", "production/monitoring-targets.json"];

/** Everything that `palier artefacts` makes of the five systems. */
export async function allArtefacts(root: string): Promise<Map<SystemName, Map<string, string>>> {
  return new Map(await Promise.all(systemNames.map(async (name) => [name, await artefactsOf(root, name)] as const)));
}

/** Those that stand in the repository, by their path in it. */
export function keptOf(made: ReadonlyMap<SystemName, ReadonlyMap<string, string>>): Record<string, string> {
  return Object.fromEntries(
    [...made].flatMap(([name, all]) => [
      [`docs/systems/runbooks/${name}.md`, all.get("production/runbook.md")!] as const,
      ...[...(kept[name] ?? []), ...keptOfAll].map(
        (file) => [`stacks/${name}/artefacts/${file}`, all.get(file)!] as const,
      ),
    ]),
  );
}

/** All that `palier artefacts` makes of a system, by its place there. */
async function artefactsOf(root: string, name: SystemName): Promise<Map<string, string>> {
  const commands = join(root, "stacks", name, "commands.json");
  return files(await placesOf(root, name), existsSync(commands) ? await readCommands(commands) : []);
}

/** A system's environments as artefacts are made of them; the images are stand-ins. */
export async function placesOf(root: string, name: SystemName): Promise<Place[]> {
  const project = join(root, "stacks", name);
  const own = { project: existsSync(join(project, "Pulumi.yaml")) ? project : root };
  const rendered = await Promise.all(
    environments.map((stack) => render({ ...own, stack, config: configuredOf(name, stack, backedUp(name, stack)) })),
  );
  return rendered.map((one) => placeOf(name, one));
}

/** What a team adds to have backups: an image, and somebody who can open them. */
function backedUp(name: SystemName, stack: string): Record<string, unknown> {
  const place = trackedConfigOf(name, stack)[`${name}:backup`] as object | undefined;
  if (!place) return {};
  const backup = `registry.example/backup@sha256:${"e".repeat(64)}`;
  const recipients = [`age1${"q".repeat(58)}`];
  return { [`${name}:images`]: { ...imagesOf(name), backup }, [`${name}:backup`]: { ...place, recipients } };
}
