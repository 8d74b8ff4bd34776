import type { PolicyResourceOptions, ResourceValidationArgs } from "@pulumi/policy";
import type { Profile } from "../../core/profile.ts";
import type { Judgement } from "../../core/rules/evaluate.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Subject } from "../../core/rules/rule.ts";
import { besideKubernetes, environmentType } from "./beside.ts";
import { ExemptionLog } from "./exemptionLog.ts";
import { readable, type SecretPlaces, secretPlaces } from "./props.ts";
import { statedProfile } from "./statedProfile.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";
import { kubernetesKind } from "./urn.ts";

type Resource = Pick<ResourceValidationArgs, "urn" | "type" | "props">;

/** An object of the stack, with the resource that it came from. */
export interface Seen {
  readonly urn: string;
  readonly parent?: string;
  readonly subject: Subject;
}

/** What one run of the engine has shown of its stack: a resource policy sees one resource at a time. */
export class Memory {
  readonly exemptions = new ExemptionLog();
  readonly #secrets = new Map<string, SecretPlaces>();
  readonly #inventory = new Inventory();
  #surroundings: Surroundings | undefined;
  #profile: Profile | undefined;
  readonly #seen = new Map<string, Seen[]>();
  readonly #open = new Map<string, Judgement[]>();

  /** What is the same for all resources of this run; read with the first. */
  surroundings(urn: string): Surroundings {
    this.#surroundings ??= surroundingsOf(urn);
    return this.#surroundings;
  }

  /** Remembers which values of a resource are secrets, from the view that a remediation gets. */
  noteSecrets({ urn, type, props }: Resource): void {
    if (kubernetesKind(type) !== undefined) this.#secrets.set(urn, secretPlaces(props));
  }

  /** The objects that a resource stands for, for rules to judge; none for a resource of another provider. */
  see(resource: Resource & { opts?: Partial<PolicyResourceOptions> }): Seen[] {
    const objects = this.#objects(resource);
    for (const object of objects) this.#inventory.add(object);
    const { urn, type, opts, props } = resource;
    const surroundings = this.surroundings(urn);
    // What is in an environment comes after it.
    if (type === environmentType) this.#profile = statedProfile(surroundings.stage, props);
    const common = {
      ...surroundings,
      profile: this.#profile,
      ignoreChanges: opts?.ignoreChanges,
      protect: opts?.protect,
      inventory: this.#inventory,
    };
    const seen = objects.map((object) => ({ urn, parent: opts?.parent, subject: { object, ...common } }));
    this.#seen.set(urn, seen);
    return seen;
  }

  /** Whether this run has shown a resource; an update of some targets passes the others by. */
  hasSeen(urn: string): boolean {
    return this.#seen.has(urn);
  }

  get inventory(): Inventory {
    return this.#inventory;
  }

  /** All objects of the stack that this run has shown. */
  seen(): Seen[] {
    return [...this.#seen.values()].flat();
  }

  /** Remembers what a rule could not decide about a resource. */
  leaveOpen(urn: string, judgement: Judgement): void {
    this.#open.set(urn, [...(this.#open.get(urn) ?? []), judgement]);
  }

  /** The resources of which rules have left something open that nobody has asked for. */
  openUrns(): string[] {
    return [...this.#open.keys()];
  }

  /** What the rules have left open about a resource; asked once. */
  takeOpen(urn: string): Judgement[] {
    const open = this.#open.get(urn) ?? [];
    this.#open.delete(urn);
    return open;
  }

  #objects({ urn, type, props }: Resource): KubernetesObject[] {
    const other = besideKubernetes(urn, type, props);
    if (other) return [other];
    const kind = kubernetesKind(type);
    return kind === undefined ? [] : kubernetesObjects(kind, new Field(readable(props, this.#secrets.get(urn))));
  }
}
