import type { Rendered } from "../../render/rendered.ts";

/** A link as the program declares it. */
export interface DeclaredLink {
  /** The component that has it. */
  readonly component: string;
  readonly variable: string;
  /** What it leads to: a component, or a host outside. */
  readonly to: string;
  readonly kind: string;
  readonly port: number;
}

type Told = Readonly<Record<string, { kind: string; name: string; port: number }>>;

export function linksOf(rendered: Rendered): DeclaredLink[] {
  return rendered.components.flatMap((component) => {
    const type = `palier:index:${component.kind}`;
    const declared = rendered.resources.find((one) => one.type === type && one.name === component.name);
    const links = (declared?.inputs["links"] ?? {}) as Told;
    return Object.entries(links).map(([variable, { kind, name, port }]) => {
      return { component: component.name, variable, to: name, kind, port };
    });
  });
}
