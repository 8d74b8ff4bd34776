import * as pulumi from "@pulumi/pulumi";
import type { ReleaseRecord } from "../../../core/records/releaseRecord.ts";
import type { demands } from "../../../core/rules/demands.ts";
import { keysIn } from "../../../policies/offline/fieldPath.ts";
import type { Declared } from "../../declared.ts";

/** A stack that is AVNIR's but for what stands here. */
export interface Deviation {
  /** @default production */
  readonly stack?: string;
  /** Configuration in place of the stack file's. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly changes?: readonly Change[];
  readonly adds?: readonly Manifest[];
  /** Rights of a Postgres role. No plugin for its provider is at hand, and the pack sees type and inputs alike. */
  readonly role?: object;
  /** What the release record of the API says otherwise; all is well with it where left out. */
  readonly record?: Partial<ReleaseRecord>;
  /** A value of a Secret that staging has too. */
  readonly inStaging?: string;
  /** Day and time of the release: `monday 10:00`, in universal time. */
  readonly at?: string;
  /** It is run by CI, and not by hand. */
  readonly pipeline?: true;
  /** What the pack's configuration says of rules. */
  readonly set?: Readonly<Record<string, unknown>>;
}

/** A field of an object that AVNIR declares, made into something else. */
export interface Change {
  /** Kind and name in the program: `Deployment api`. */
  readonly of: string;
  readonly field: string;
  // biome-ignore lint/suspicious/noExplicitAny: the field's own type, which the path tells and the compiler doesn't
  readonly to: (was: any) => unknown;
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** A demand of one of the five systems, a stack that does not meet it, and one that does or that it does not concern. */
export interface Prohibition {
  readonly demand: keyof typeof demands;
  /** What the refused stack does. */
  readonly does: string;
  /** The rule that refuses it; of a component, what its message names. */
  readonly rule: string;
  /** Refused by the component itself, before the pack sees anything. */
  readonly byComponent?: true;
  readonly refused: Deviation;
  readonly passes: Deviation;
}

/** To be called by a program before it declares anything. */
export function deviate(deviation: Deviation): void {
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => ({
    props: changedBy(deviation, type, name, props),
    opts,
  }));
  for (const manifest of deviation.adds ?? []) new Added(manifest);
  if (deviation.role) new pulumi.ComponentResource(roleType, "reports", deviation.role);
}

/** The same, of what a program has declared without it. */
export function deviated(declared: readonly Declared[], deviation: Deviation): Declared[] {
  const { adds = [], role } = deviation;
  return [
    ...declared.map((one) => ({ ...one, inputs: changedBy(deviation, one.type, one.name, one.inputs) })),
    ...adds.map((manifest) => ({ type: typeOf(manifest), name: manifest.metadata.name, inputs: manifest })),
    ...(role ? [{ type: roleType, name: "reports", inputs: role }] : []),
  ];
}

const roleType = "postgresql:index/role:Role";

class Added extends pulumi.CustomResource {
  constructor(manifest: Manifest) {
    super(typeOf(manifest), manifest.metadata.name, manifest);
  }
}

function typeOf({ apiVersion, kind }: Manifest): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

function changedBy({ changes = [] }: Deviation, type: string, name: string, props: object) {
  const own = changes.filter(({ of }) => of === `${type.split(":").at(-1)} ${name}`);
  return own.reduce((all, { field, to }) => changed(all, keysIn(field), to), props);
}

// biome-ignore lint/suspicious/noExplicitAny: inputs of any resource
function changed(value: any, [key, ...rest]: (string | number)[], to: Change["to"]): any {
  if (key === undefined) return to(value);
  if (pulumi.Output.isInstance(value)) return value.apply((known) => changed(known, [key, ...rest], to));
  const below = changed(value?.[key], rest, to);
  return Array.isArray(value) ? Object.assign([...value], { [key]: below }) : { ...value, [key]: below };
}
