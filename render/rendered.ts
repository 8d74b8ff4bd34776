import { stringify } from "yaml";
import { type Aliases, type Stage, stageOf } from "../core/stage.ts";
import type { Component, Declared, Outcome } from "./declared.ts";
import { leaveReplicasToScalers, type Manifest, manifestsOf } from "./manifest.ts";
import { type Forms, formsOf, placesOf, redact, redacted } from "./redact.ts";

/** What a program declares for one stack. */
export class Rendered {
  readonly stack: string;
  /** What the stack's name means, by the project's own names too; undefined where that is no environment. */
  readonly stage: Stage | undefined;
  /** Every resource, components included, in the order of their types and names. */
  readonly resources: readonly Declared[];
  /** The Kubernetes objects, namespaces first; Secrets hold stand-ins, in clear. */
  readonly manifests: readonly Manifest[];
  /** The program's own Palier components and the values that count in them, secrets hidden, in the order in which they were made. */
  readonly components: readonly Component[];
  /** What the program exports as `artefacts`, secrets hidden; undefined where it exports nothing of that name. */
  readonly artefacts: unknown;
  readonly #declaredBy: ReadonlyMap<Manifest, Declared>;
  readonly #secrets: Forms;

  constructor(
    { stack, aliases }: { stack: string; aliases: Aliases },
    { declared, components, secrets, artefacts }: Exclude<Outcome, { problem: string }>,
  ) {
    this.stack = stack;
    this.stage = stageOf(stack, aliases);
    this.resources = [...declared].sort((a, b) => compare(keyOf(a), keyOf(b)));
    const made = this.resources.flatMap((by) => manifestsOf(by).map((manifest) => ({ by, manifest })));
    const manifests = leaveReplicasToScalers(made.map(({ manifest }) => manifest));
    this.#declaredBy = new Map(manifests.map((manifest, index) => [manifest, made[index]!.by]));
    this.manifests = manifests.sort((a, b) => compare(placeOf(a), placeOf(b)));
    this.#secrets = formsOf(secrets);
    this.artefacts = redacted(artefacts, this.#secrets);
    this.components = redacted(
      components.filter((one) => !this.#isInner(one)),
      this.#secrets,
    ) as Component[];
  }

  /**
   * The one object of this kind and name. A name without its generated end will do: `api-variables`.
   * @throws Error that lists what there is, when there is none or more than one
   */
  object(kind: string, name: string): Manifest {
    const ofKind = this.objects(kind);
    const exact = ofKind.filter(({ metadata }) => metadata.name === name);
    const found = exact.length > 0 ? exact : ofKind.filter(({ metadata }) => withoutEnd(metadata.name) === name);
    if (found.length === 1) return found[0]!;
    const there = ofKind.map(({ metadata }) => metadata.name).join(", ") || "none";
    throw new Error(`${found.length || "no"} ${kind} "${name}" in ${this.stack}; there: ${there}`);
  }

  /** All objects of a kind; with a component's name, those that it declared. */
  objects(kind: string, component?: string): Manifest[] {
    const parts = component === undefined ? undefined : this.#partsOf(component);
    return this.manifests.filter(
      (one) => one.kind === kind && (!parts || parts.has(keyOf(this.#declaredBy.get(one)!))),
    );
  }

  /** As YAML with no secret in it, the same each time. */
  yaml(): string {
    const options = { aliasDuplicateObjects: false, lineWidth: 0 };
    return this.manifests.map((one) => stringify(redact(one, this.#secrets), options)).join("---\n");
  }

  /** The same with no secret in any text of it. */
  withoutSecrets<Value>(value: Value): Value {
    return redacted(value, this.#secrets) as Value;
  }

  /** The component that an object is a part of, but for its environment; undefined where there is none. */
  componentOf(manifest: Manifest): Component | undefined {
    const byKey = new Map(this.resources.map((one) => [keyOf(one), one]));
    const isIt = (at: Declared) => (one: Component) =>
      one.kind !== "Environment" && keyOf(at) === `palier:index:${one.kind}::${one.name}`;
    for (let at = this.#declaredBy.get(manifest); at; at = at.parent ? byKey.get(at.parent) : undefined) {
      const found = this.components.find(isIt(at));
      if (found) return found;
    }
    return undefined;
  }

  /** Where a secret's value stands outside of a Secret: `Deployment "api": spec.template.spec…`. */
  secretsInClear(): string[] {
    const open = this.manifests.filter(({ kind }) => kind !== "Secret");
    return open.flatMap((one) =>
      placesOf(one, this.#secrets).map((place) => `${one.kind} "${one.metadata.name}": ${place}`),
    );
  }

  /** Whether another component made it for itself; those of an environment stand side by side. */
  #isInner({ kind, name }: Component): boolean {
    const declared = this.resources.find((one) => one.type === `palier:index:${kind}` && one.name === name);
    return /^palier:index:(?!Environment::)/.test(declared?.parent ?? "");
  }

  /** What a component declared, itself and what its parts declared included. */
  resourcesOf(component: string): Declared[] {
    const parts = this.#partsOf(component);
    return this.resources.filter((one) => parts.has(keyOf(one)));
  }

  #partsOf(component: string): ReadonlySet<string> {
    const parts = new Set(this.resources.filter(({ name }) => name === component).map(keyOf));
    for (let before = -1; before !== parts.size; ) {
      before = parts.size;
      for (const one of this.resources) if (one.parent && parts.has(one.parent)) parts.add(keyOf(one));
    }
    return parts;
  }
}

function keyOf({ type, name }: Declared): string {
  return `${type}::${name}`;
}

function placeOf({ kind, metadata }: Manifest): string {
  return [kind === "Namespace" ? "" : kind, metadata.namespace, metadata.name].join("/");
}

/** Without the eight digits that a provider gives where the program gives no name. */
function withoutEnd(name: string): string {
  return name.replace(/-[0-9a-f]{8}$/, "");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
