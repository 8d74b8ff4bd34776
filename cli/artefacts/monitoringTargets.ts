import type { Place } from "./place.ts";

/** What a service that watches from outside is to ask, each minute, and what it is owed: for whatever reads JSON. */
export function monitoringTargets({ project, rendered, addresses }: Place): string | undefined {
  if (addresses.length === 0) return undefined;
  const targets = addresses.map(({ app, url, verify }) => {
    const values = rendered.components.find(({ kind, name }) => kind === "App" && name === app)!.values;
    const owed = values.find(({ argument }) => argument === "slo.availability")?.value;
    return {
      name: `${project} ${rendered.stack} ${app}`,
      url: new URL(verify, url).href,
      everySeconds: 60,
      ...(owed === undefined ? {} : { availabilityPercent: owed }),
    };
  });
  return `${JSON.stringify({ system: project, environment: rendered.stage, targets }, undefined, 2)}\n`;
}
