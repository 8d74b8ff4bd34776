import type { Artefacts } from "../../components/outputs/artefacts.ts";
import type { Component } from "../../render/declared.ts";
import type { Rendered } from "../../render/rendered.ts";
import { UsageError } from "../usage.ts";
import { declaredArtefacts } from "./declared.ts";

/** Where one app answers. */
export interface Address {
  readonly app: string;
  readonly url: string;
  /** Path that tells whether the whole system works. */
  readonly verify: string;
}

/** One environment, as artefacts are made of it. */
export interface Place {
  readonly project: string;
  readonly rendered: Rendered;
  readonly artefacts: Artefacts;
  readonly addresses: readonly Address[];
}

export function placeOf(project: string, rendered: Rendered): Place {
  const artefacts = declaredArtefacts(rendered);
  const apps = rendered.components.filter(({ kind }) => kind === "App");
  const given = artefacts.addresses ?? {};
  const unknown = [...Object.keys(given), ...Object.keys(artefacts.sources ?? {}), artefacts.vercel?.app].find(
    (name) => name !== undefined && !apps.some((app) => app.name === name),
  );
  if (unknown !== undefined) {
    const there = apps.map(({ name }) => name).join(", ") || "none";
    throw new UsageError(`${rendered.stack}: "artefacts" names the app "${unknown}"; there: ${there}.`);
  }
  const addresses = apps.flatMap((app) => {
    const host = counted(app, "edge.host");
    const url = host === undefined ? given[app.name] : `https://${host}`;
    return url === undefined ? [] : [{ app: app.name, url, verify: counted(app, "health.verify") ?? "/health" }];
  });
  return { project, rendered, artefacts, addresses };
}

/** What counts as one argument of a component. */
export function counted({ values }: Component, argument: string): string | undefined {
  const found = values.find((one) => one.argument === argument)?.value;
  return found === undefined ? undefined : String(found);
}
