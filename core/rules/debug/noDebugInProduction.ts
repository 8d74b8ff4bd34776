import { profiles } from "../../profile.ts";
import { finding, notDecided, settingFinding } from "../finding.ts";
import { commandLine } from "../reading/commandLine.ts";
import { type Container, containers } from "../reading/containers.ts";
import type { Setting } from "../reading/setting.ts";
import { settings } from "../reading/settings.ts";
import type { Finding, Level, Rule } from "../rule.ts";
import { debuggingPart, isDebugFlag, isDebugPair } from "./debugSetting.ts";

const level = (stage: keyof typeof profiles): Level => (profiles[stage].debug ? "off" : "advisory");

export const noDebugInProduction: Rule = {
  id: "no-debug-in-production",
  description: "No debug switch, verbose log level, debugger or development server where the environment forbids them.",
  why: "Debug output shows settings and people's data to whoever provokes an error, and an open debugger runs what a stranger types.",
  severity: "high",
  levels: { dev: level("dev"), review: level("review"), staging: level("staging"), production: "mandatory" },
  demands: ["R-08"],
  rows: ["G11"],
  check: ({ object, inventory }) => {
    const named = settings(object, inventory).flatMap(judged);
    const seen = new Set(named.map(({ field }) => field.replace(/ \(.*/, "")));
    return [
      ...named,
      ...containers(object)
        .flatMap(commands)
        .filter(({ field }) => !seen.has(field)),
    ];
  },
};

function judged(setting: Setting): Finding[] {
  const { name, value, container, missing } = setting;
  if (name === undefined) return [notDecided(value, container, missing)];
  if (value.text === undefined)
    return value.unknown && maySwitchDebug(name) ? [notDecided(value, container, missing)] : [];
  const part = debuggingPart(name, value.text);
  if (part === undefined) return [];
  return [settingFinding(setting, { problem: "switches debugging on", fix: fixFor(name), value: part })];
}

/** Some value of it would: `DEBUG=1`, `LOG_LEVEL=debug`, `NODE_OPTIONS=--inspect`. */
function maySwitchDebug(name: string): boolean {
  return ["1", "debug", "development", "--inspect"].some((value) => debuggingPart(name, value) !== undefined);
}

function fixFor(name: string): string {
  if (/node_env/i.test(name)) return 'set it to "production"';
  if (/log/i.test(name)) return 'set it to "info" or a quieter level';
  if (/env|profile/i.test(name)) return "name the environment it runs in";
  return "remove it, or set it to false";
}

function commands(container: Container): Finding[] {
  const line = commandLine(container);
  return line.flatMap(({ text, field }, index): Finding[] => {
    if (text === undefined) return [notDecided(field, container.name)];
    const next = line[index + 1]?.text ?? "";
    const value = isDebugFlag(text) ? text : isDebugPair(text, next) ? `${text} ${next}` : undefined;
    if (value === undefined) return [];
    return [
      finding(
        field,
        { problem: "starts the program for debugging", fix: "start it as in production", value },
        container.name,
      ),
    ];
  });
}
