import type { ResourceValidationArgs } from "@pulumi/policy";
import type { Judgement } from "../../core/rules/evaluate.ts";
import { Field } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Subject } from "../../core/rules/rule.ts";
import { type Stage, stageOf } from "../../core/stage.ts";
import { ExemptionLog } from "./exemptionLog.ts";
import { configuredImages } from "./plannedRelease.ts";
import { readable, type SecretPlaces, secretPlaces } from "./props.ts";
import { kubernetesKind, parseUrn } from "./urn.ts";

type Resource = Pick<ResourceValidationArgs, "urn" | "type" | "props">;

/** An object of the stack, with the resource that it came from. */
export interface Seen {
  readonly urn: string;
  readonly parent?: string;
  readonly subject: Subject;
}

/** A stack whose name stands for no environment is held to the strictest. */
const strictest: Stage = "production";

/** What one run of the engine has shown of its stack: a resource policy sees one resource at a time. */
export class Memory {
  readonly exemptions = new ExemptionLog();
  readonly #secrets = new Map<string, SecretPlaces>();
  readonly #inventory = new Inventory();
  #images: Subject["images"];
  readonly #seen = new Map<string, Seen[]>();
  readonly #open = new Map<string, Judgement[]>();

  /** Remembers which values of a resource are secrets, from the view that a remediation gets. */
  noteSecrets({ urn, type, props }: Resource): void {
    if (kubernetesKind(type) !== undefined) this.#secrets.set(urn, secretPlaces(props));
  }

  /** The objects that a resource stands for, for rules to judge; none for a resource of another provider. */
  see(resource: Resource & { opts?: { parent?: string; ignoreChanges?: string[] } }): Seen[] {
    const objects = this.#objects(resource);
    for (const object of objects) this.#inventory.add(object);
    const { urn, opts } = resource;
    const { stack, project } = parseUrn(urn);
    this.#images ??= configuredImages(project);
    const stage = stageOf(stack) ?? strictest;
    const review = stage === "review" ? stack.toLowerCase() : undefined;
    const common = {
      stage,
      review,
      ignoreChanges: opts?.ignoreChanges,
      images: this.#images,
      inventory: this.#inventory,
    };
    const seen = objects.map((object) => ({ urn, parent: opts?.parent, subject: { object, ...common } }));
    this.#seen.set(urn, seen);
    return seen;
  }

  /** All objects of the stack that this run has shown. */
  seen(): Seen[] {
    return [...this.#seen.values()].flat();
  }

  /** Remembers what a rule could not decide about a resource. */
  leaveOpen(urn: string, judgement: Judgement): void {
    this.#open.set(urn, [...(this.#open.get(urn) ?? []), judgement]);
  }

  /** What the rules have left open about a resource; asked once. */
  takeOpen(urn: string): Judgement[] {
    const open = this.#open.get(urn) ?? [];
    this.#open.delete(urn);
    return open;
  }

  #objects({ urn, type, props }: Resource): KubernetesObject[] {
    const kind = kubernetesKind(type);
    return kind === undefined ? [] : kubernetesObjects(kind, new Field(readable(props, this.#secrets.get(urn))));
  }
}
