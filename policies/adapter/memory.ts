import type { ResourceValidationArgs } from "@pulumi/policy";
import { Field } from "../../core/rules/reading/field.ts";
import { Inventory } from "../../core/rules/reading/inventory.ts";
import { type KubernetesObject, kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import type { Subject } from "../../core/rules/rule.ts";
import { type Stage, stageOf } from "../../core/stage.ts";
import { readable, type SecretPlaces, secretPlaces } from "./props.ts";
import { kubernetesKind, parseUrn } from "./urn.ts";

type Resource = Pick<ResourceValidationArgs, "urn" | "type" | "props">;

/** A stack whose name stands for no environment is held to the strictest. */
const strictest: Stage = "production";

/** What one run of the engine has shown of its stack: a resource policy sees one resource at a time. */
export class Memory {
  readonly #secrets = new Map<string, SecretPlaces>();
  readonly #inventory = new Inventory();

  /** Remembers which values of a resource are secrets, from the view that a remediation gets. */
  noteSecrets({ urn, type, props }: Resource): void {
    if (kubernetesKind(type) !== undefined) this.#secrets.set(urn, secretPlaces(props));
  }

  /** The objects that a resource stands for, for rules to judge; none for a resource of another provider. */
  subjects(resource: Resource): Subject[] {
    const objects = this.#objects(resource);
    for (const object of objects) this.#inventory.add(object);
    const { stack } = parseUrn(resource.urn);
    const stage = stageOf(stack) ?? strictest;
    const review = stage === "review" ? stack.toLowerCase() : undefined;
    return objects.map((object) => ({ object, stage, review, inventory: this.#inventory }));
  }

  #objects({ urn, type, props }: Resource): KubernetesObject[] {
    const kind = kubernetesKind(type);
    return kind === undefined ? [] : kubernetesObjects(kind, new Field(readable(props, this.#secrets.get(urn))));
  }
}
