import { appsIn, envFile } from "../envExample/file.ts";
import { composeFile } from "./compose.ts";
import { dnsRecords } from "./dns.ts";
import { easJson } from "./expo.ts";
import { refuseForeign } from "./foreign.ts";
import { mobileWorkflow } from "./mobileWorkflow.ts";
import { monitoringTargets } from "./monitoringTargets.ts";
import type { Place } from "./place.ts";
import type { Command } from "./runbook/commands.ts";
import { runbook } from "./runbook/runbook.ts";
import { vercelJson } from "./vercel.ts";

/** Every artefact of a project by its file's name. Throws UsageError where one would name another environment's host. */
export function files(places: readonly Place[], commands: readonly Command[]): Map<string, string> {
  const own = places.flatMap((place) =>
    [...ofPlace(place, commands)].flatMap(([name, content]) => {
      if (content === undefined) return [];
      refuseForeign(name, content, place, places);
      return [[`${place.rendered.stack}/${name}`, content] as const];
    }),
  );
  const shared = { "docker-compose.dev.yml": composeFile(places), "eas.json": easJson(places) };
  const all = [...own, ...Object.entries({ ...shared, "mobile.yml": mobileWorkflow(places) })];
  return new Map(all.flatMap(([name, content]) => (content === undefined ? [] : [[name, content] as const])));
}

function ofPlace(place: Place, commands: readonly Command[]): Map<string, string | undefined> {
  const { rendered } = place;
  return new Map([
    ["runbook.md", runbook(place, commands)],
    ...appsIn(rendered).map((app) => [`${app}.env.example`, envFile(rendered, app)] as const),
    ["monitoring-targets.json", monitoringTargets(place)],
    ["dns.json", dnsRecords(place)],
    ["vercel.json", vercelJson(place)],
  ]);
}
