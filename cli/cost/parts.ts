import { Field } from "../../core/rules/reading/field.ts";
import { kubernetesObjects } from "../../core/rules/reading/kubernetesObject.ts";
import { parseUrn } from "../../policies/adapter/urn.ts";
import type { Kept } from "../../policies/offline/state.ts";
import { manifestsOf } from "../../render/manifest.ts";
import type { Rendered } from "../../render/rendered.ts";
import type { Part } from "./counted.ts";

/** What a program declares for a stack. */
export function partsRendered({ resources }: Rendered): Part[] {
  return resources.flatMap((resource) => {
    const [type = "", name = ""] = resource.parent?.split("::") ?? [];
    const component = resource.parent === undefined ? undefined : titleOf(type, name);
    const objects = manifestsOf(resource).flatMap((one) => kubernetesObjects(kindOf(resource.type), new Field(one)));
    return objects.map((object) => ({ object, name: resource.name, component }));
  });
}

/** What a state holds. */
export function partsKept(kept: readonly Kept[]): Part[] {
  return kept.map(({ object, urn, parent = "" }) => {
    const { types, name } = parseUrn(parent);
    const type = types.at(-1)!;
    const component = name === "" || type === "pulumi:pulumi:Stack" ? undefined : titleOf(type, name);
    return { object, name: parseUrn(urn).name, component };
  });
}

/** `App api` of `palier:index:App` and `api`, and so for any other component. */
function titleOf(type: string, name: string): string {
  return `${kindOf(type)} ${name}`;
}

function kindOf(type: string): string {
  return type.split(":").at(-1)!;
}
