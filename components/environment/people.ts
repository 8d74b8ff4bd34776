import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { stages } from "../../core/stage.ts";
import { ArgumentError, below } from "../argument.ts";
import { type Check, oneOf, pattern } from "../check.ts";
import { all, list, map, only, optional } from "../shape.ts";
import type { PeopleArgs } from "./args.ts";

const group = pattern(
  /^(?!system:)[\x21-\x7e]{1,253}$/,
  "a group's name without spaces, and none of the cluster's own",
);

const productionByReleases: Check = (path, value) => {
  const { production } = value as { [stage: string]: PeopleArgs };
  if (!production?.edit?.length) return;
  const reason = "production is changed by releases alone, and whoever may edit reads its Secrets; give view";
  throw new ArgumentError(below(below(path, "production"), "edit"), reason);
};

export const peopleShape = all(
  map(oneOf(stages), only<PeopleArgs>({ view: optional(list(group, 1)), edit: optional(list(group, 1)) })),
  productionByReleases,
);

/** Lets groups in by the cluster's own roles, in this namespace alone. */
export function declarePeople(
  system: string,
  namespace: pulumi.Input<string>,
  people: PeopleArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [role, groups] of Object.entries(people as { [role: string]: string[] | undefined })) {
    if (!groups) continue;
    const apiGroup = "rbac.authorization.k8s.io";
    const binding = {
      metadata: { name: `people-${role}`, namespace },
      roleRef: { apiGroup, kind: "ClusterRole", name: role },
      subjects: groups.map((name) => ({ apiGroup, kind: "Group", name })),
    };
    new k8s.rbac.v1.RoleBinding(`${system}-people-${role}`, binding, opts);
  }
}
